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

# The numbers of a day; zeros for NA, which is no day.
day_numbers <- function(on) if (is.na(on)) integer(3) else as.integer(format(as.Date(on), c("%Y", "%m", "%d")))

# Answers one decision from one case (JSON, tutela-case/1) on a day.
decide <- function(pack, case, decision, on, lang = "en") {
  day <- day_numbers(on)
  verdict <- given(.Call("r_tutela_decide", pack, enc2utf8(case), enc2utf8(decision), day, lang))
  verdict$outcome <- outcomes[verdict$outcome + 1]
  verdict
}

# What the cells of a column hold, and their numbers. NA was not asked yet; of words only "none" and "uncertain" are known.
cells <- function(column, fact) {
  if (inherits(column, "Date")) number <- as.double(format(column, "%Y%m%d"))
  else if (is.logical(column) || is.numeric(column) && all(column == floor(column) & abs(column) < 2^53, na.rm = TRUE)) number <- as.double(column)
  else if (all(column %in% c("none", "uncertain", NA))) number <- match(column, c("none", "uncertain"))
  else stop(fact, ": a row holds days, whole numbers, TRUE and FALSE, \"none\" and \"uncertain\"")
  kind <- if (inherits(column, "Date")) 5L else if (is.logical(column)) 3L else if (is.numeric(column)) 4L else number
  holds <- as.integer(ifelse(is.na(column), 0L, kind))
  list(holds = holds, values = as.double(ifelse(holds < 3L, 0, number)))
}

# Answers one decision for each row of a data frame whose columns are named as facts, without reasons: outcome, and value as
# JSON ("" unless known). One row that is refused refuses all.
answer_rows <- function(pack, facts, decision, on) {
  columns <- Map(cells, facts, names(facts))
  answers <- given(.Call("r_tutela_answer_rows", pack, enc2utf8(decision), day_numbers(on), enc2utf8(names(facts)),
                         lapply(columns, `[[`, "holds"), lapply(columns, `[[`, "values"), nrow(facts)))
  data.frame(outcome = outcomes[answers$outcome + 1], value = answers$value)
}
