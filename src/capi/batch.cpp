// SPDX-License-Identifier: Apache-2.0
/// \file
/// Tables in Arrow's layout through the C library.

#include "capi/batch.hpp"

#include <utility>

#include <nlohmann/json.hpp>

#include <tutela/columns/stream.hpp>

using namespace tutela::detail;

namespace tutela::detail {

NullMeaning null_meaning_from(tutela_null_meaning given)
{
  switch (given) {
    case TUTELA_NULL_UNKNOWN: return NullMeaning::unknown;
    case TUTELA_NULL_NONE: return NullMeaning::none;
    case TUTELA_NULL_UNCERTAIN: return NullMeaning::uncertain;
    default: throw ContractViolation("a meaning of nulls is none of unknown, none and uncertain");
  }
}

BatchAsking batch_asking_from(tutela_batch_options const* given)
{
  tutela_batch_options const wanted = sized(given, tutela_batch_options TUTELA_BATCH_OPTIONS_INIT);
  BatchAsking asking;
  asking.on = date_from(wanted.on, "on");
  BatchOptions& options = asking.options;
  options.law_on = date_from(wanted.law_on, "law_on");
  options.decisions = texts_from(wanted.decisions, wanted.decision_count, "the decisions");
  options.include_unverified = wanted.include_unverified != 0;
  options.outcomes = wanted.outcomes != 0;
  options.missing = wanted.missing != 0;
  options.rules = wanted.rules != 0;
  options.threads = wanted.threads;
  options.limits = limits_from(wanted.limits);
  options.jurisdiction = text_from(wanted.jurisdiction, "the jurisdiction");
  options.purpose = wanted.research != 0 ? ScorePurpose::research : ScorePurpose::practice;
  check_array(wanted.instruments, wanted.instrument_count, "the instruments");
  for (std::size_t i = 0; i < wanted.instrument_count; ++i)
    options.instruments.push_back(checked(wanted.instruments[i], HandleTag::instrument).instrument);
  check_array(wanted.columns, wanted.column_count, "the columns");
  for (std::size_t i = 0; i < wanted.column_count; ++i) {
    auto const rule = sized_element(wanted.columns, i, tutela_column_rule TUTELA_COLUMN_RULE_INIT);
    options.columns.push_back({name_from(rule.fact.data, rule.fact.length, "the fact of a column"),
                               std::string(text_from(rule.column, "the name of a column")),
                               null_meaning_from(rule.nulls),
                               rule.whole_doubles != 0 ? DoubleMeaning::whole_numbers : DoubleMeaning::refused,
                               rule.nan_is_null != 0 ? NanMeaning::null : NanMeaning::refused});
  }
  return asking;
}

tutela_batch* make_batch(Pack const& pack, ArrowSchema const& schema, BatchAsking const& asking,
                         std::vector<PlainColumn> plain)
{
  BatchProgram program = BatchProgram::compile(pack, schema, asking.on, asking.options).value();
  BatchRun run(program);
  return new tutela_batch{.program = std::move(program), .run = std::move(run), .plain = std::move(plain)};
}

}  // namespace tutela::detail

namespace {

/// What a caller may hand over by mistake would otherwise be read. \throws ContractViolation
void check_schema(ArrowSchema const* schema, std::size_t nesting)
{
  if (schema == nullptr || schema->format == nullptr) throw tutela::ContractViolation("a type of the table is NULL");
  if (nesting == 0 || schema->n_children < 0 || (schema->n_children > 0 && schema->children == nullptr))
    throw tutela::ContractViolation("a type of the table has children that cannot be");
  for (std::int64_t i = 0; i < schema->n_children; ++i) check_schema(schema->children[i], nesting - 1);
  if (schema->dictionary != nullptr) check_schema(schema->dictionary, nesting - 1);
}

}  // namespace

tutela_status tutela_batch_new(tutela_pack const* pack, struct ArrowSchema const* schema,
                               tutela_batch_options const* options, tutela_batch** batch, tutela_error** error)
try {
  begin(error);
  output(batch) = nullptr;
  tutela_pack const& handle = checked(pack, HandleTag::pack);
  check_schema(schema, tutela::Limits{}.nesting);
  *batch = make_batch(handle.pack, *schema, batch_asking_from(options), {});
  return TUTELA_OK;
} catch (...) {
  return caught(error);
}

void tutela_batch_free(tutela_batch* batch) { delete batch; }

tutela_status tutela_batch_describe(tutela_batch const* batch, tutela_text* json, tutela_error** error)
try {
  begin(error);
  output(json);
  tutela::BatchProgram const& program = checked(batch, HandleTag::batch).program;
  nlohmann::ordered_json description{{"decisions", nlohmann::ordered_json::array()},
                                     {"facts_without_column", program.facts_without_column()}};
  for (tutela::DecisionPath const& path : program.decisions())
    description["decisions"].push_back(
        {{"name", path.decision}, {"in_columns", path.in_columns}, {"reason", path.reason}});
  give_text(json, description.dump());
  return TUTELA_OK;
} catch (...) {
  return caught(error);
}

tutela_status tutela_batch_schema(tutela_batch const* batch, struct ArrowSchema* schema, tutela_error** error)
try {
  begin(error);
  checked(batch, HandleTag::batch).program.export_schema(output(schema));
  return TUTELA_OK;
} catch (...) {
  return caught(error);
}

tutela_status tutela_batch_decide(tutela_batch* batch, struct ArrowArray const* rows, struct ArrowArray* answers,
                                  tutela_error** error)
try {
  begin(error);
  tutela_batch& handle = checked(batch, HandleTag::batch);
  output(answers);
  if (rows == nullptr) throw tutela::ContractViolation("the array is NULL");
  if (!handle.plain.empty()) throw tutela::ContractViolation("the batch was made for plain arrays");
  handle.run.decide(*rows).value().export_array(*answers);
  return TUTELA_OK;
} catch (...) {
  return caught(error);
}

tutela_status tutela_pack_decide_stream(tutela_pack const* pack, struct ArrowArrayStream* table,
                                        tutela_batch_options const* options, struct ArrowArrayStream* answers,
                                        tutela_error** error)
try {
  begin(error);
  tutela_pack const& handle = checked(pack, HandleTag::pack);
  output(answers);
  if (table == nullptr) throw tutela::ContractViolation("the stream is NULL");
  BatchAsking const asking = batch_asking_from(options);
  tutela::export_stream(tutela::decide_batch(handle.pack, *table, asking.on, asking.options).value(), *answers);
  return TUTELA_OK;
} catch (...) {
  return caught(error);
}
