#include <algorithm>

#include "base/errors/data.hpp"
#include "pipeline/batch/text.hpp"
#include "pipeline/suite/detail/probes.hpp"

namespace migrateiq::detail {

namespace {

constexpr int64_t kDayMicros = int64_t{86400} * 1'000'000;

/// Infinities are no moment at which something was made.
std::optional<int64_t> MomentOf(const Column& column, int64_t row) {
  if (column.IsNull(row)) return std::nullopt;
  if (column.type().kind == TypeKind::kDate) {
    const auto days = column.Get<int32_t>(row);
    if (days == INT32_MAX || days == INT32_MIN) return std::nullopt;
    return days * kDayMicros;
  }
  const auto micros = column.Get<int64_t>(row);
  return micros == INT64_MAX || micros == INT64_MIN ? std::nullopt : std::optional(micros);
}

}  // namespace

NewestProbe::NewestProbe(AskedTable asked, const CatalogColumn& column) : Probe(std::move(asked)), column_(column) {
  columns = {&column};
}

std::optional<Question> NewestProbe::Ask() const {
  const AskedColumn asked = table.Column(column_);
  if (asked.Class() != ValueClass::kMoment) return std::nullopt;
  return Question{.aggregates = {"MAX(" + asked.Value() + ")"}, .queries = {}};
}

Status NewestProbe::Take(const Answer& answer) {
  const std::optional<std::string>& text = answer.aggregates.at(0);
  if (!text) return {};
  int64_t micros = 0;
  std::optional<int32_t> zone;
  if (text::ParseTimestamp(*text, micros, &zone) == text::DateState::kValid) {
    newest = micros;
    return {};
  }
  int32_t days = 0;
  if (text::ParseDate(*text, days) != text::DateState::kValid)
    return Fail(codes::kCheckUnfit, "the newest value '" + *text + "' is no moment");
  newest = days * kDayMicros;
  return {};
}

Status NewestProbe::Gather(const Batch& batch) {
  const Column& values = ColumnOf(batch, column_);
  for (int64_t row = 0; row < batch.rows; ++row) {
    const std::optional<int64_t> moment = MomentOf(values, row);
    if (moment) newest = std::max(newest.value_or(INT64_MIN), *moment);
  }
  return {};
}

}  // namespace migrateiq::detail
