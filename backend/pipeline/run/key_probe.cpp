#include "pipeline/run/key_probe.hpp"

#include "base/errors/run.hpp"
#include "pipeline/batch/text.hpp"

namespace migrateiq {

namespace {

constexpr size_t kAskedAtOnce = 500;     ///< columns of one SELECT; every system has more
constexpr size_t kAskedBytes = 1 << 20;  ///< of one statement, about
constexpr size_t kShownBytes = 256;      ///< of a key, for samples

bool IsText(const LogicalType& type) { return type.kind == TypeKind::kString || type.kind == TypeKind::kChar; }

std::string With(std::string sql, const std::string& literal) {
  const size_t at = sql.find("$1");
  return sql.replace(at, 2, literal);
}

/// The first `characters` of UTF-8 text.
std::string_view Prefix(std::string_view text, int32_t characters) {
  size_t end = 0;
  for (; end < text.size(); ++end) {
    const bool begins = (static_cast<unsigned char>(text[end]) & 0xC0) != 0x80;
    if (begins && characters-- == 0) break;
  }
  return text.substr(0, end);
}

/// What of a text or binary value counts, before the target is asked.
std::string_view Significant(std::string_view bytes, const LogicalType& type, const ProbedPart& part) {
  if (part.prefix > 0) {
    bytes =
        type.kind == TypeKind::kBytes ? bytes.substr(0, static_cast<size_t>(part.prefix)) : Prefix(bytes, part.prefix);
  }
  const bool trims = IsText(type) && (!part.equality.trailing_blanks || type.kind == TypeKind::kChar);
  while (trims && bytes.ends_with(' ')) bytes.remove_suffix(1);
  return bytes;
}

}  // namespace

Result<std::vector<std::string>> EqualityOracle::Ask(const std::string& sql, const std::vector<std::string>& texts) {
  std::vector<std::string> weights;
  weights.reserve(texts.size());
  const std::lock_guard lock(mutex_);
  while (weights.size() < texts.size()) {
    std::string select = "SELECT ";
    size_t asked = 0;
    for (size_t at = weights.size(); at < texts.size() && asked < kAskedAtOnce && select.size() < kAskedBytes; ++at) {
      select += (asked++ == 0 ? "" : ", ") + With(sql, target_.dialect().QuoteLiteral(texts[at]));
    }
    MIQ_ASSIGN(const QueryRows rows, target_.Query(select));
    if (rows.size() != 1 || rows[0].size() != asked)
      return Fail(codes::kInternal, "the target did not say how texts compare");
    for (const auto& value : rows[0]) weights.push_back(value.value_or(""));
  }
  return weights;
}

Result<std::unique_ptr<KeyProbe>> KeyProbe::Make(const std::vector<const ProbedKey*>& keys, const SchemaPtr& schema,
                                                 EqualityOracle& oracle, int64_t run_start_micros) {
  std::unique_ptr<KeyProbe> probe(new KeyProbe(oracle));
  std::vector<ExpressionSpec> expressions;
  for (const ProbedKey* key : keys) MIQ_TRY(probe->AddKey(*key, schema, expressions));
  if (!expressions.empty()) {
    MIQ_ASSIGN(probe->evaluator_, MakeExpressionEvaluator(schema, expressions, run_start_micros));
  }
  return probe;
}

Status KeyProbe::AddKey(const ProbedKey& spec, const SchemaPtr& schema, std::vector<ExpressionSpec>& expressions) {
  Key key{.spec = &spec, .parts = {}};
  const auto compute = [&](const std::string& sql) {
    expressions.push_back({.name = "key", .sql = sql, .place = ""});
    return static_cast<int>(expressions.size()) - 1;
  };
  for (const ProbedPart& part : spec.parts) {
    Part& made = key.parts.emplace_back();
    made.spec = &part;
    if (part.column.empty())
      made.computed = compute(part.expression);
    else
      made.column = schema->IndexOf(part.column);
    if (made.computed < 0 && made.column < 0)
      return Fail(codes::kInternal, "the key's column '" + part.column + "' is not written");
  }
  if (!spec.where.empty()) key.where = compute("CAST((" + spec.where + ") AS BOOLEAN)");
  keys_.push_back(std::move(key));
  return {};
}

Status KeyProbe::Add(const Batch& batch, uint64_t first_row) {
  if (batch.rows == 0) return {};
  if (evaluator_) {
    std::vector<Finding> failures;  // a row on which an expression fails has no such key
    MIQ_TRY(evaluator_->Evaluate(batch, computed_, failures));
  }
  for (Key& key : keys_) MIQ_TRY(Collect(key, batch, first_row));
  return {};
}

const Column& KeyProbe::ColumnOf(const Part& part, const Batch& batch) const {
  return part.column >= 0 ? batch.columns[static_cast<size_t>(part.column)]
                          : computed_[static_cast<size_t>(part.computed)];
}

Status KeyProbe::Weigh(Part& part, const Batch& batch) const {
  const Column& column = ColumnOf(part, batch);
  part.weights.clear();
  if (part.spec->equality.sql.empty() || !IsText(column.type())) return {};
  std::vector<std::string> texts;
  for (int64_t row = 0; row < batch.rows; ++row) {
    texts.emplace_back(column.IsNull(row) ? "" : Significant(column.Bytes(row), column.type(), *part.spec));
  }
  MIQ_ASSIGN(part.weights, oracle_.Ask(part.spec->equality.sql, texts));
  return {};
}

bool KeyProbe::HasKey(const Key& key, const Batch& batch, int64_t row) const {
  if (key.where >= 0) {
    const Column& where = computed_[static_cast<size_t>(key.where)];
    if (where.IsNull(row) || where.Get<uint8_t>(row) == 0) return false;
  }
  if (!key.spec->nulls_distinct) return true;
  for (const Part& part : key.parts) {
    if (ColumnOf(part, batch).IsNull(row)) return false;
  }
  return true;
}

void KeyProbe::Encode(const Part& part, const Batch& batch, int64_t row) {
  const Column& column = ColumnOf(part, batch);
  if (column.IsNull(row)) return encoder_.Null();
  if (!part.weights.empty()) return encoder_.Text(part.weights[static_cast<size_t>(row)]);
  const bool bytes =
      IsText(column.type()) || column.type().kind == TypeKind::kEnum || column.type().kind == TypeKind::kBytes;
  if (!bytes) return EncodeValue(column, row, encoder_);
  encoder_.Text(Significant(column.Bytes(row), column.type(), *part.spec));
}

std::string KeyProbe::TextOf(const Key& key, const Batch& batch, int64_t row) const {
  std::string text;
  for (const Part& part : key.parts) {
    if (&part != &key.parts.front()) text += ", ";
    const Column& column = ColumnOf(part, batch);
    if (column.IsNull(row))
      text += "NULL";
    else
      text::AppendValue(text, column, row);
    if (text.size() > kShownBytes) break;
  }
  return text.size() > kShownBytes ? text.substr(0, kShownBytes) : text;
}

Status KeyProbe::Collect(Key& key, const Batch& batch, uint64_t first_row) {
  for (Part& part : key.parts) MIQ_TRY(Weigh(part, batch));
  std::vector<KeyRecord> records;
  std::vector<std::string> texts;
  for (int64_t row = 0; row < batch.rows; ++row) {
    if (!HasKey(key, batch, row)) continue;
    encoder_.Reset();
    for (const Part& part : key.parts) Encode(part, batch, row);
    KeyRecord& record = records.emplace_back();
    encoder_.Hash(record.low, record.high);
    record.row = first_row == kExistingRow ? kExistingRow : first_row + static_cast<uint64_t>(row);
    texts.push_back(TextOf(key, batch, row));
  }
  return key.spec->set->Add(std::move(records), texts);
}

}  // namespace migrateiq
