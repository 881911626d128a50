# SPDX-License-Identifier: Apache-2.0
# Rscript first_verdict.R SHIM FOLDER: what R CMD SHLIB made of tutela.c, and the folder of tutela.R
dyn.load(commandArgs(TRUE)[1])
source(file.path(commandArgs(TRUE)[2], "tutela.R"))

law <- load_pack("md/child-protection") # stops with a tutela_error that has all that is wrong
child <- '{"format":"tutela-case/1","id":"c-1","jurisdiction":"MD","kind":"child_protection","facts":{%s}}'
born <- '"person.birth_date":"2025-01-10"'
for (facts in c(born, paste0(born, ',"family.vulnerable":true'))) {
  verdict <- decide(law, sprintf(child, facts), "day_service", on = "2026-03-02") # there is no clock
  if (verdict$outcome == "known") cat("known:", verdict$value, "\n", sep = c(" ", "", "")) # verdict$explanation says why
  if (verdict$outcome == "unknown") cat("unknown: ask", verdict$missing[1], "\n", sep = c(" ", "", "")) # never a "no"
}
