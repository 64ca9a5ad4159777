# Writes r_values.json: values of R and its package survival that StatisticsTests compares with.
#
# Run: Rscript make_r_values.R   (needs the package survival; versions are recorded in the file)
library(survival)
set.seed(20241121)

number <- function(x) ifelse(is.na(x), "null", sprintf("%.17g", x))
numbers <- function(x) paste0("[", paste(number(x), collapse = ", "), "]")

holm <- function() {
  sets <- list(c(0.01, 0.02, 0.03, 0.04, 0.05), c(0.01, 0.04, 0.03, 0.005), c(0.5), c(0.9, 0.8, 0.9, 0.2),
               round(runif(12)^3, 6), c(0.02, 0.02, 0.02))
  sapply(sets, function(p) sprintf('{"pValues": %s, "adjusted": %s}', numbers(p), numbers(p.adjust(p, "holm"))))
}

# The classical remission data of Freireich et al. (1963), both arms, and small cases with ties and censoring.
survival_cases <- function() {
  cases <- list(
    list(time = c(6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35),
         event = c(1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0), horizon = 35),
    list(time = c(1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23), event = rep(1, 21),
         horizon = 23),
    list(time = c(400, 600, 600, 1000, 1000), event = c(1, 1, 1, 0, 0), horizon = 1000),
    list(time = c(50, 50, 50), event = c(1, 1, 1), horizon = 50),
    list(time = c(1000, 1000, 1000), event = c(0, 0, 0), horizon = 1000),
    list(time = c(3, 7, 7, 9, 12, 12, 15), event = c(1, 0, 1, 1, 0, 1, 1), horizon = 10))
  sapply(cases, function(case) {
    fit <- survfit(Surv(case$time, case$event) ~ 1)
    table <- summary(fit, rmean = case$horizon)$table
    drops <- summary(fit)
    sprintf('{"times": %s, "events": %s, "horizon": %s, "mean": %s, "error": %s, "dropTimes": %s, "survival": %s}',
            numbers(case$time), numbers(case$event), number(case$horizon), number(table[["rmean"]]),
            number(table[["se(rmean)"]]), numbers(drops$time), numbers(drops$surv))
  })
}

noncentral <- function() {
  grid <- expand.grid(degrees = c(1, 4, 19, 200), noncentrality = c(-2.5, 0.4, 3, 9, 30), x = c(-3, 0, 0.7, 2.1, 12, 31))
  apply(grid, 1, function(g) sprintf('{"degrees": %s, "noncentrality": %s, "x": %s, "cumulative": %s}', number(g[[1]]),
    number(g[[2]]), number(g[[3]]), number(suppressWarnings(pt(g[[3]], g[[1]], g[[2]])))))
}

sample_sizes <- function() {
  grid <- expand.grid(deviation = c(0.5, 1, 1.5, 2.5), margin = c(0.5, 1, 2))
  grid <- grid[grid$margin / grid$deviation < 3, ]
  apply(grid, 1, function(g) {
    answer <- power.t.test(delta = g[[2]], sd = g[[1]], sig.level = 0.05, power = 0.8, type = "paired",
                           alternative = "one.sided")
    n <- ceiling(answer$n)
    power <- power.t.test(n = n, delta = g[[2]], sd = g[[1]], sig.level = 0.05, type = "paired",
                          alternative = "one.sided")$power
    sprintf('{"deviation": %s, "margin": %s, "pairs": %d, "power": %s}', number(g[[1]]), number(g[[2]]), n, number(power))
  })
}

section <- function(name, rows) sprintf('"%s": [\n%s\n]', name, paste(rows, collapse = ",\n"))
text <- sprintf('{\n"madeBy": "make_r_values.R", "r": "%s", "survivalPackage": "%s",\n%s,\n%s,\n%s,\n%s\n}\n',
                as.character(getRversion()), as.character(packageVersion("survival")), section("holm", holm()),
                section("survival", survival_cases()), section("noncentral", noncentral()),
                section("sampleSizes", sample_sizes()))
cat(text, file = "r_values.json")
