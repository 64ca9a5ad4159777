/// The two-sided exact p-value of McNemar's test that two predictors are right equally often.
///
/// With `b` and `c` the counts of examples that only one of them has right, it is
/// `2 min(P(Bin(b + c, 1/2) <= min(b, c)), 1/2)`; examples that both have right or both wrong say nothing.
package func mcNemarPValue(onlyFirstRight: Int, onlySecondRight: Int) -> Double {
    let discordant = BinomialDistribution(trials: onlyFirstRight + onlySecondRight, probability: 0.5)
    return 2 * min(discordant.cumulative(through: min(onlyFirstRight, onlySecondRight)), 0.5)
}
