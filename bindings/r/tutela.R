# SPDX-License-Identifier: Apache-2.0
# Tutela from R: after dyn.load of what R CMD SHLIB made of tutela.c.
outcomes <- c("known", "unknown", "undeterminable", "refused", "no_law_in_force", "rule_not_available", "error")
statuses <- c("invalid_input", "limit", "misuse", "no_memory", "internal")

# What a call gave, or a condition of class tutela_error with status, codes and pointers of everything that is wrong.
given <- function(result) {
  if (is.list(result) && !is.null(result$status)) {
    stop(structure(class = c("tutela_error", "error", "condition"), list(
      message = result$message, call = NULL, status = statuses[result$status],
      codes = result$codes, pointers = result$pointers)))
  }
  result
}

# Loads a shipped pack, a pack folder or a .dmn file.
load_pack <- function(name) given(.Call("r_tutela_load", enc2utf8(name)))

# Answers one decision from one case (JSON, tutela-case/1) on a day.
decide <- function(pack, case, decision, on, lang = "en") {
  day <- as.integer(format(as.Date(on), c("%Y", "%m", "%d")))
  verdict <- given(.Call("r_tutela_decide", pack, enc2utf8(case), enc2utf8(decision), day, lang))
  verdict$outcome <- outcomes[verdict$outcome + 1]
  verdict
}
