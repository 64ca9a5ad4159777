import Comparison
import ResultStore
import Testing
import Training

@Suite("Claims about scores")
struct ScoreClaimsTests {
    let noLoss = ClaimVerdictTests.claim(.scoreChange, 0, .atLeast)

    func change(_ mezo: [Int], _ lezo: [Int], _ claim: Claim) throws -> ClaimAssessment {
        try #require(
            ClaimsTests.assess(
                TrainedPairs.cells(
                    mezo: mezo.map { _ in [300, 350, 400] }, lezo: lezo.map { _ in [300, 350, 400] },
                    mezoTestRight: mezo, lezoTestRight: lezo), claim
            ).first)
    }

    @Test("no loss is supported when the paired seeds rule out one point, and contradicted when they show it")
    func noLossOverSeeds() throws {
        let mezo = [700, 704, 698, 702, 700, 701]
        let equal = try change(mezo, [702, 703, 700, 703, 699, 702], noLoss)
        #expect(equal.verdict == .supported && equal.basis == "6 seeds")
        #expect(abs((equal.value ?? 0) - 0.0667) < 0.001)
        let worse = try change(mezo, [660, 668, 655, 664, 661, 660], noLoss)
        #expect(worse.verdict == .contradicted && worse.direction == "measured below the reported figure")
        let unclear = try change(mezo, [720, 680, 690, 712, 681, 700], noLoss)
        #expect(unclear.verdict.words == "undecided")
        #expect(unclear.whatWouldDecide?.hasSuffix(" seeds") == true)
    }

    @Test("one seed decides nothing, however large its difference, and its direction is shown")
    func oneSeed() throws {
        let worse = try change([700], [500], noLoss)
        #expect(worse.verdict.words == "undecided")
        #expect(worse.verdict.reason?.contains("one seed decides nothing") == true)
        #expect(worse.direction == "measured below the reported figure")
    }

    @Test("a loss of less than half a point has half a point for its margin")
    func statedMargin() throws {
        let claim = ClaimVerdictTests.claim(.scoreChange, -0.5, .above, sparsity: 0.75)
        let mezo = [700, 704, 698, 702, 700, 701]
        #expect(try change(mezo, mezo.map { $0 - 1 }, claim).verdict == .supported)
        #expect(try change(mezo, [692, 697, 690, 696, 691, 694], claim).verdict == .contradicted)
        // No LeZO at the claim's sparsity was trained.
        let other = ClaimVerdictTests.claim(.scoreChange, -0.5, .above, sparsity: 1)
        #expect(try change(mezo, mezo, other).verdict.words == "not measured")
    }

    @Test("an optimizer that is faster and worse is supported per step and nowhere else")
    func fasterButWorse() throws {
        let never = [Int](repeating: 300, count: 11)
        let cells = TrainedPairs.cells(
            mezo: [Int](repeating: 6, count: 6).map(TrainedPairs.reaching),
            lezo: [Int](repeating: 0, count: 6).map { _ in never }, stepRatio: 4,
            mezoTestRight: [800, 801, 802, 799, 800, 803], lezoTestRight: [700, 702, 699, 701, 698, 700])
        let claim = ClaimVerdictTests.claim(.speedup, 3, .above, task: "SST2")
        let found = ClaimsTests.assess(cells, claim)
        #expect(found.map(\.verdict.words) == ["supported", "undecided", "supported"])
        #expect(found[1].reading == .toEqualScore && found[1].value == nil)
        #expect(found[1].verdict.reason == "LeZO missed the target in 6 of 6 and MeZO in 0")
        #expect(found[2].reading == .wholeTraining)
        #expect(ClaimsTests.assess(cells, noLoss).map(\.verdict) == [.contradicted])
    }

    @Test("to an equal score a claim is judged by the product's interval")
    func toEqualScore() throws {
        // A step 4 times as fast, and as many steps, but for one seed.
        let cells = TrainedPairs.cells(
            mezo: [4, 4, 5, 4, 4, 4].map(TrainedPairs.reaching),
            lezo: [4, 4, 4, 4, 4, 4].map(TrainedPairs.reaching), stepRatio: 4)
        let above = ClaimsTests.assess(cells, ClaimVerdictTests.claim(.speedup, 3, .above, task: "SST2"))
        #expect(above.map(\.verdict) == [.supported, .supported, .supported])
        let far = ClaimsTests.assess(cells, ClaimVerdictTests.claim(.speedup, 9, .above, task: "SST2"))
        #expect(far.map(\.verdict) == [.contradicted, .contradicted, .contradicted])
        #expect(above[1].basis == "6 seeds")
    }

    @Test(
        "a score of a paper's model on its task is held against the interval, over seeds where there are some"
    )
    func scores() throws {
        var claim = ClaimVerdictTests.claim(.accuracy, 70, .equal, task: "SST2", method: "MeZO")
        claim.baseline = "none"
        claim.model = "OPT-125M"
        let cells = TrainedPairs.cells(
            mezo: [1, 2, 3, 4].map { _ in [300, 350, 400] }, lezo: [[300, 350, 400]],
            mezoTestRight: [700, 701, 700, 699])
        let score = try #require(ClaimsTests.assess(cells, claim).first)
        #expect(score.verdict == .supported && score.basis == "4 seeds")
        claim.value = 80
        #expect(ClaimsTests.assess(cells, claim).map(\.verdict) == [.contradicted])
        claim.model = "OPT-13B"
        let other = try #require(ClaimsTests.assess(cells, claim).first)
        #expect(
            other.verdict.words == "not comparable" && other.direction == "measured below the reported figure"
        )
        var one = cells
        one[0].trials = Array(one[0].trials.prefix(1))
        claim.model = "OPT-125M"
        claim.value = 70
        let examples = try #require(ClaimsTests.assess(one, claim).first)
        #expect(examples.basis == "1000 test examples" && examples.verdict.words == "undecided")
    }

    @Test("a subset of the data is not the claim's data")
    func subset() throws {
        var claim = ClaimVerdictTests.claim(.accuracy, 70, .equal, task: "SST2", method: "MeZO")
        claim.baseline = "none"
        claim.model = "OPT-125M"
        var snapshot = Make.snapshot(
            TrainedPairs.cells(mezo: [[300, 400]], lezo: [[300, 400]]), claims: [claim.id])
        snapshot.artifacts = [
            StoredArtifact(
                kind: "archive", subject: "sst2", fileName: "SST-2-subset.zip", sha256: "00", byteCount: 1,
                note: "a subset of the official archive")
        ]
        let found = ClaimAssessments(of: snapshot, ledger: ClaimsLedger(claims: [claim])).assessments
        #expect(found.map(\.verdict) == [.notComparable(reason: "only a subset of the data")])
        #expect(
            found[0].differences.map(\.words).contains(
                "data: a subset of the official archive here, all of it there"))
    }
}
