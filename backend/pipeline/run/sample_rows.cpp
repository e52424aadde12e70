#include "pipeline/run/sample_rows.hpp"

#include <algorithm>

#include "base/errors/data.hpp"
#include "pipeline/batch/text.hpp"
#include "pipeline/run/typed_view.hpp"

namespace migrateiq {

namespace {

constexpr const char* kEllipsis = "…";

SampleFinding Refusal(const Rejection& rejection) {
  const bool rule = rejection.code->code == codes::kDataRule.code;
  SampleFinding finding{.column = rejection.column,
                        .kind = rule ? "rule" : rejection.reason.substr(0, rejection.reason.find(':')),
                        .code = std::string(rejection.code->code),
                        .message = rejection.reason};
  return finding;
}

/// What a value was before anything was done to it: its finding says so, else the column it is moved from.
std::optional<std::string> OriginalOf(const std::vector<Finding>& findings, int32_t column) {
  const auto found = std::ranges::find_if(findings, [column](const Finding& finding) {
    return finding.column == column && finding.kind != FindingKind::kNull && !finding.original.empty();
  });
  return found == findings.end() ? std::nullopt : std::optional(found->original);
}

}  // namespace

Result<std::unique_ptr<RowSampler>> RowSampler::Make(Parts parts) {
  std::unique_ptr<RowSampler> sampler(new RowSampler(std::move(parts)));
  const Parts& given = sampler->parts_;
  const TableTask& task = given.task;
  TransformSpec spec = task.transform;
  spec.source = given.source;
  const SchemaPtr checked = spec.Checked();
  const int64_t run_start = spec.run_start_micros;
  MIQ_ASSIGN(sampler->transform_, TableTransform::Make(std::move(spec)));
  OnPolicy on = given.on;
  on.row_error = RowError::kQuarantine;  // as in a rehearsal: what is refused is shown, one after the other
  MIQ_ASSIGN(sampler->policy_, Policy::Make(on, task.rules, checked, task.target_label, run_start));
  MIQ_ASSIGN(sampler->checks_, CheckProbe::Make(given.checks, given.typed, run_start));
  return sampler;
}

std::string RowSampler::Cut(std::string text) const {
  if (text::FindInvalidUtf8(text) != std::string::npos) {
    std::string hex = "\\x";
    text::AppendHex(hex, text);
    text = std::move(hex);
  }
  if (text.size() <= parts_.value_bytes) return text;
  size_t end = parts_.value_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + kEllipsis;
}

std::optional<std::string> RowSampler::ValueOf(const Batch& batch, size_t column) const {
  if (batch.columns[column].IsNull(0)) return std::nullopt;
  std::string text;
  text::AppendValue(text, batch.columns[column], 0);
  return Cut(std::move(text));
}

std::optional<std::string> RowSampler::ValueOf(const Batch& batch, const std::string& column) const {
  const int index = batch.schema->IndexOf(column);
  return index < 0 ? std::nullopt : ValueOf(batch, static_cast<size_t>(index));
}

SampleValues RowSampler::ValuesOf(const Batch& batch) const {
  SampleValues values;
  for (size_t i = 0; i < batch.columns.size(); ++i) values.push_back(ValueOf(batch, i));
  return values;
}

void RowSampler::AddAltered(const Tally& tally, const Batch& out, SampledRow& sampled) const {
  for (const auto& [what, counted] : tally.altered) {
    const auto& [column, kind] = what;
    SampleFinding finding{.column = column, .kind = kind, .message = "the value is changed: " + kind};
    if (!counted.samples.empty()) finding.before = Cut(counted.samples.front());
    finding.after = ValueOf(out, column);
    sampled.findings.push_back(std::move(finding));
  }
}

void RowSampler::AddWarned(const Tally& tally, SampledRow& sampled) const {
  for (const auto& [what, counted] : tally.warned) {
    SampleFinding finding{.column = what.first, .kind = "warning", .message = "rule " + what.second};
    if (!counted.samples.empty()) finding.before = Cut(counted.samples.front());
    sampled.findings.push_back(std::move(finding));
  }
}

/// CHECKs of the target, as far as they can be followed.
Status RowSampler::AddRefused(Batch out, SampledRow& sampled) {
  if (!checks_) return {};
  out = TypedBatch(std::move(out), parts_.typed);
  Tally tally;
  MIQ_TRY(checks_->Judge(out, tally));
  for (const auto& [what, counted] : tally.rejected) {
    const std::string name = what.second.substr(what.second.find(' ') + 1);
    sampled.findings.push_back(
        {.kind = "check", .code = std::string(codes::kDataRefused.code), .message = "the target refuses it: " + name});
    sampled.outcome = SampleOutcome::kRejected;
  }
  return {};
}

void RowSampler::AddRejected(const std::vector<Rejection>& rejections, const std::vector<Finding>& findings,
                             const Batch& out, SampledRow& sampled) const {
  for (const Rejection& rejection : rejections) {
    SampleFinding finding = Refusal(rejection);
    const int index = out.schema->IndexOf(rejection.column);
    if (index >= 0) finding.before = OriginalOf(findings, index);
    if (index >= 0 && !finding.before) finding.before = ValueOf(out, static_cast<size_t>(index));
    if (finding.before) finding.before = Cut(*finding.before);
    sampled.findings.push_back(std::move(finding));
    sampled.outcome = SampleOutcome::kRejected;
  }
}

/// An error of the policy would end the run.
Status RowSampler::Judge(Batch& out, SampledRow& sampled) {
  const std::vector<Finding> findings = out.findings;
  Tally tally;
  Result<Judgement> judged = policy_->Judge(out, {}, tally);
  if (judged) {
    std::vector<Finding> masked;
    transform_->Mask(out, masked);
    const Status more = policy_->JudgeMore(out, masked, {}, *judged, tally);
    if (!more) judged = std::unexpected(more.error());
  }
  if (!judged) {
    const Error& error = judged.error();
    sampled.outcome = SampleOutcome::kRejected;
    sampled.findings.push_back({.column = error.column,
                                .kind = "fails_run",
                                .code = std::string(error.code.code),
                                .message = Cut(error.message)});
    return {};
  }
  AddAltered(tally, out, sampled);
  AddWarned(tally, sampled);
  if (!tally.altered.empty()) sampled.outcome = SampleOutcome::kAltered;
  AddRejected(judged->rejections, findings, out, sampled);
  out.findings.clear();
  return {};
}

Result<SampledRow> RowSampler::Take(Batch row) {
  SampledRow sampled{.before = ValuesOf(row)};
  for (const Finding& finding : row.findings) {
    if (finding.column >= 0 && !finding.original.empty())
      sampled.before[static_cast<size_t>(finding.column)] = Cut(finding.original);
  }
  Batch out;
  std::vector<bool> dropped;
  MIQ_TRY(transform_->Apply(row, out, dropped));
  if (!dropped.empty() && dropped[0]) {
    sampled.outcome = SampleOutcome::kFiltered;
    return sampled;
  }
  MIQ_TRY(Judge(out, sampled));
  if (sampled.outcome == SampleOutcome::kRejected) return sampled;
  SampleValues after = ValuesOf(out);
  MIQ_TRY(AddRefused(std::move(out), sampled));
  if (sampled.outcome != SampleOutcome::kRejected) sampled.after = std::move(after);
  return sampled;
}

}  // namespace migrateiq
