# SPDX-License-Identifier: Apache-2.0
# The answers to those questions of the golden corpus whose facts come as a case; or by a row, without their reasons, to those
# whose facts a row can hold. Usage: golden.R SHIM FOLDER QUESTIONS SWIMMING_DMN [rows]
arguments <- commandArgs(TRUE)
dyn.load(arguments[1])
source(file.path(arguments[2], "tutela.R"))
digest <- function(text) .Call("r_tutela_digest", text)
answer <- function(question) {
  tryCatch({
    verdict <- decide(load_pack(question[3]), question[7], question[4], question[5], question[6])
    value <- if (verdict$value == "") "null" else verdict$value
    missing <- paste0("\"", verdict$missing, "\"", recycle0 = TRUE, collapse = ",")
    sprintf("\"outcome\":\"%s\",\"value\":%s,\"missing\":[%s],\"explanation\":\"%s\",\"verdict\":\"%s\"",
            verdict$outcome, value, missing, digest(verdict$explanation), digest(verdict$json))
  }, tutela_error = function(refused) {
    found <- paste0(sprintf("{\"code\":%d,\"pointer\":\"%s\"}", refused$codes, refused$pointers), collapse = ",")
    sprintf("\"refused\":\"%s\",\"diagnostics\":[%s],\"message\":\"%s\"", refused$status, found, digest(conditionMessage(refused)))
  })
}
# A fact such as boolean:true as a column of one row takes it; NULL where it cannot.
column_of <- function(fact) {
  text <- sub("^[^:]*:", "", fact)
  switch(sub(":.*", "", fact), boolean = text == "true", integer = as.integer(text),
         date = if (is.na(as.Date(text, optional = TRUE))) NULL else as.Date(text),
         state = if (text == "unknown") NA else text, NULL)
}
# The line of a question that is answered by a row; nothing where it is refused or cannot be held.
by_row <- function(question) {
  if (question[2] != "slots" || question[7] == "-") return(character())
  items <- strsplit(strsplit(question[7], ";", fixed = TRUE)[[1]], "=", fixed = TRUE)
  columns <- lapply(items, function(item) column_of(item[2]))
  if (any(vapply(columns, is.null, TRUE))) return(character())
  facts <- structure(columns, names = vapply(items, `[`, "", 1), class = "data.frame", row.names = 1L)
  pack <- load_pack(if (question[3] == "swimming") arguments[4] else question[3])
  on <- if (question[5] == "-") NA else question[5]
  answer <- tryCatch(answer_rows(pack, facts, question[4], on), tutela_error = function(refused) NULL)
  if (is.null(answer)) return(character())
  value <- if (answer$value == "") "null" else answer$value
  sprintf("{\"id\":\"%s\",\"outcome\":\"%s\",\"value\":%s}", question[1], answer$outcome, value)
}
for (line in readLines(arguments[3], encoding = "UTF-8")) {
  question <- strsplit(line, "\t", fixed = TRUE)[[1]]
  if (startsWith(line, "#")) next
  if (length(arguments) > 4) {
    writeLines(by_row(question), useBytes = TRUE)
  } else if (question[2] == "case") {
    writeLines(sprintf("{\"id\":\"%s\",%s}", question[1], answer(question)), useBytes = TRUE)
  }
}
