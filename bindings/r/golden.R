# SPDX-License-Identifier: Apache-2.0
# The answers to those questions of the golden corpus whose facts come as a case. Usage: golden.R SHIM FOLDER QUESTIONS
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
for (line in readLines(arguments[3], encoding = "UTF-8")) {
  question <- strsplit(line, "\t", fixed = TRUE)[[1]]
  if (!startsWith(line, "#") && question[2] == "case") {
    writeLines(sprintf("{\"id\":\"%s\",%s}", question[1], answer(question)), useBytes = TRUE)
  }
}
