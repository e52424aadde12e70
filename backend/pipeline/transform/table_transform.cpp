#include "pipeline/transform/table_transform.hpp"

#include <algorithm>

#include "base/json_text.hpp"
#include "pipeline/batch/text.hpp"
#include "pipeline/transform/cast.hpp"
#include "pipeline/transform/zone.hpp"

namespace migrateiq {

SchemaPtr TransformSpec::Checked() const {
  if (!IsMasked()) return target;
  auto schema = std::make_shared<Schema>(*target);
  for (size_t i = 0; i < outputs.size(); ++i) {
    Field& field = schema->fields[i];
    if (IsMasked(i)) field.type = ColumnMask::TypeFor(field.type);
  }
  return schema;
}

bool TransformSpec::IsMasked() const {
  return std::ranges::any_of(outputs, [](const TransformOutput& output) { return output.mask.has_value(); });
}

Result<std::unique_ptr<TableTransform>> TableTransform::Make(TransformSpec spec) {
  std::unique_ptr<TableTransform> transform(new TableTransform(std::move(spec)));
  std::vector<ExpressionSpec> expressions = transform->spec_.expressions;
  if (!transform->spec_.filter.empty()) {
    expressions.push_back({"where", transform->spec_.filter, transform->spec_.filter_place});
  }
  if (!expressions.empty()) {
    MIQ_ASSIGN(transform->evaluator_,
               MakeExpressionEvaluator(transform->spec_.source, expressions, transform->spec_.run_start_micros));
  }
  transform->checked_ = transform->spec_.Checked();
  for (size_t i = 0; i < transform->spec_.outputs.size(); ++i) {
    const std::optional<OutputMask>& mask = transform->spec_.outputs[i].mask;
    const LogicalType& type = transform->checked_->fields[i].type;
    transform->masks_.push_back(mask ? ColumnMask::Make(mask->kind, mask->key, type) : nullptr);
  }
  transform->PlanMoves();
  return transform;
}

/// A source column is moved into its only output when nothing else needs it afterwards: not even the quarantine, which
/// keeps what was there before a mask.
void TableTransform::PlanMoves() {
  moved_to_.assign(spec_.source->fields.size(), -1);
  std::vector<int> uses(spec_.source->fields.size(), 0);
  for (const TransformOutput& output : spec_.outputs) {
    if (output.source >= 0) ++uses[static_cast<size_t>(output.source)];
  }
  for (size_t i = 0; i < spec_.outputs.size(); ++i) {
    const TransformOutput& output = spec_.outputs[i];
    if (output.source >= 0 && output.zone.empty() && !output.mask && uses[static_cast<size_t>(output.source)] == 1) {
      moved_to_[static_cast<size_t>(output.source)] = static_cast<int>(i);
    }
  }
}

Status TableTransform::Apply(Batch& in, Batch& out, std::vector<bool>& dropped) {
  out.schema = checked_;
  out.columns.clear();
  out.findings.clear();
  out.rows = in.rows;
  out.place = in.place;
  dropped.clear();
  MoveFindings(in, out);
  if (evaluator_) MIQ_TRY(Compute(in, out, dropped));
  out.columns.reserve(spec_.outputs.size());
  for (size_t i = 0; i < spec_.outputs.size(); ++i) MIQ_TRY(FillColumn(i, in, out));
  return {};
}

/// A reader's finding counts for every output of its column; for the whole row when it is used in expressions only.
void TableTransform::MoveFindings(Batch& in, Batch& out) const {
  for (const Finding& finding : in.findings) {
    bool used = false;
    for (size_t i = 0; i < spec_.outputs.size(); ++i) {
      if (finding.column < 0 || spec_.outputs[i].source != finding.column) continue;
      out.findings.push_back(finding);
      out.findings.back().column = static_cast<int32_t>(i);
      used = true;
    }
    if (!used && (finding.column < 0 || evaluator_)) {
      out.findings.push_back(finding);
      out.findings.back().column = -1;
    }
  }
}

Status TableTransform::Compute(const Batch& in, Batch& out, std::vector<bool>& dropped) {
  std::vector<Finding> findings;
  MIQ_TRY(evaluator_->Evaluate(in, computed_, findings));
  const bool filtered = !spec_.filter.empty();
  for (Finding& finding : findings) {
    const auto output = std::ranges::find(spec_.outputs, finding.column, &TransformOutput::expression);
    finding.column = output == spec_.outputs.end() ? -1 : static_cast<int32_t>(output - spec_.outputs.begin());
    out.findings.push_back(std::move(finding));
  }
  if (!filtered) return {};
  const Column& keep = computed_.back();
  dropped.resize(static_cast<size_t>(in.rows));
  for (int64_t row = 0; row < in.rows; ++row) {
    dropped[static_cast<size_t>(row)] = keep.IsNull(row) || keep.Get<uint8_t>(row) == 0;
  }
  return {};
}

namespace {

Column CopyOf(const Column& column) {
  Column copy(column.type());
  for (int64_t row = 0; row < column.length(); ++row) copy.AppendFrom(column, row);
  return copy;
}

}  // namespace

Status TableTransform::FillColumn(size_t index, Batch& in, Batch& out) {
  const TransformOutput& output = spec_.outputs[index];
  const LogicalType& to = checked_->fields[index].type;
  const ValueLimits limits = output.mask ? ValueLimits{} : spec_.limits;  // a masked value has to fit, not this one
  const auto column = static_cast<int32_t>(index);
  if (output.expression >= 0) {
    Column value = std::move(computed_[static_cast<size_t>(output.expression)]);
    out.columns.push_back(CastColumn(std::move(value), to, limits, column, out.findings));
    return {};
  }
  Column& source = in.columns[static_cast<size_t>(output.source)];
  if (!output.zone.empty()) {
    Column zoned(LogicalType::Of(TypeKind::kTimestampTz));
    MIQ_TRY(ApplyZone(source, output.zone, column, zoned, out.findings));
    out.columns.push_back(CastColumn(std::move(zoned), to, limits, column, out.findings));
    return {};
  }
  const bool move = moved_to_[static_cast<size_t>(output.source)] == column;
  out.columns.push_back(CastColumn(move ? std::move(source) : CopyOf(source), to, limits, column, out.findings));
  return {};
}

void TableTransform::Mask(Batch& out, std::vector<Finding>& findings) {
  for (size_t i = 0; i < masks_.size(); ++i) {
    if (!masks_[i]) continue;
    const auto column = static_cast<int32_t>(i);
    Column masked = masks_[i]->Apply(out.columns[i], column, findings);
    out.columns[i] = CastColumn(std::move(masked), spec_.target->fields[i].type, spec_.limits, column, findings);
  }
  out.schema = spec_.target;
}

namespace {

std::string WholeRow(const std::string& raw) {
  std::string shown = raw;
  if (text::FindInvalidUtf8(raw) != std::string_view::npos) {
    shown = "\\x";
    text::AppendHex(shown, raw);
  }
  return JsonQuoted(kWholeRow) + ":" + JsonQuoted(shown);
}

}  // namespace

std::string TableTransform::OriginalRow(const Batch& in, const Batch& out, int64_t row) const {
  const auto whole = std::ranges::find_if(
      out.findings, [row](const Finding& finding) { return finding.row == row && finding.column < 0; });
  std::string json = "{" + (whole != out.findings.end() ? WholeRow(whole->original) : "");
  for (size_t i = 0; i < spec_.source->fields.size(); ++i) {
    if (json.size() > 1) json += ',';
    json += JsonQuoted(spec_.source->fields[i].name);
    json += ':';
    const int moved = moved_to_[i];
    const auto is_here = [&](const Finding& finding) {
      return finding.row == row && finding.column >= 0 &&
             spec_.outputs[static_cast<size_t>(finding.column)].source == static_cast<int>(i);
    };
    const auto finding = std::ranges::find_if(out.findings, is_here);
    const bool still_here = in.columns[i].length() == in.rows;
    if (finding != out.findings.end() && finding->kind != FindingKind::kNull && finding->kind != FindingKind::kRule) {
      json += JsonQuoted(finding->original);
      continue;
    }
    const Column& column = still_here || moved < 0 ? in.columns[i] : out.columns[static_cast<size_t>(moved)];
    if (column.IsNull(row)) {
      json += "null";
      continue;
    }
    std::string text;
    text::AppendValue(text, column, row);
    json += JsonQuoted(text);
  }
  return json + "}";
}

}  // namespace migrateiq
