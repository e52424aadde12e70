#include "pipeline/profile/table_profile.hpp"

#include <algorithm>
#include <cmath>

#include "base/parallel.hpp"
#include "pipeline/profile/depend/functional.hpp"
#include "pipeline/profile/depend/inclusion.hpp"
#include "pipeline/profile/depend/keys.hpp"
#include "pipeline/profile/indexes.hpp"
#include "pipeline/profile/shape/anomalies.hpp"
#include "pipeline/profile/shape/meaning.hpp"
#include "pipeline/profile/shape/shape_column.hpp"

namespace migrateiq {

namespace {

/// Half the width of a 95 % interval of a share of one half, when `rows` were drawn from `all`.
double SampleError(int64_t rows, int64_t all) {
  if (rows <= 0 || rows >= all) return 0;
  const auto n = static_cast<double>(rows), total = static_cast<double>(all);
  return 0.98 / std::sqrt(n) * std::sqrt((total - n) / (total - 1));
}

bool IsInPrimaryKey(const Table& table, const std::string& column) {
  return table.primary_key &&
         std::ranges::find(table.primary_key->parts, column, &IndexPart::column) != table.primary_key->parts.end();
}

ColumnProfile Describe(const Table& table, const Field& field) {
  ColumnProfile profile{.name = field.name, .batch_type = ToString(field.type), .family = FamilyOf(field.type.kind)};
  profile.in_primary_key = IsInPrimaryKey(table, field.name);
  if (const CatalogColumn* declared = table.Find(field.name)) {
    profile.declared_type = declared->native;
    profile.nullable = declared->nullable;
    profile.comment = declared->comment;
  }
  return profile;
}

/// Names, numbers of rows, and what comes from all of them.
TableProfile FromAllRows(const Table& table, const Schema& schema, const ScannedRows& rows) {
  TableProfile profile{.name = table.name.ToString(), .schema = table.name.schema, .comment = table.comment};
  profile.rows = rows.rows;
  profile.bytes = table.byte_estimate >= 0 ? table.byte_estimate : rows.bytes;
  if (table.primary_key) {
    for (const IndexPart& part : table.primary_key->parts) profile.primary_key.push_back(part.column);
  }
  profile.indexes = DescribeIndexes(table);
  for (size_t i = 0; i < rows.columns.size(); ++i) {
    ColumnProfile& column = profile.columns.emplace_back(Describe(table, schema.fields[i]));
    rows.columns[i]->Fill(column);
    column.nulls -= rows.nulled[i];
    column.findings.insert(column.findings.end(), rows.findings[i].begin(), rows.findings[i].end());
  }
  for (const CatalogColumn& column : table.columns) {
    if (!column.note.empty()) profile.notes.push_back(column.name + ": " + column.note);
  }
  if (rows.unreadable > 0) {
    profile.notes.push_back(std::to_string(rows.unreadable) +
                            " rows could not be read and are in no figure; the first: " + rows.unreadable_example);
  }
  return profile;
}

SampleProfile DescribeSample(const Batch& sample, int64_t rows) {
  if (sample.rows == rows) return {rows, Basis::all_rows, "all rows", 0};
  return {sample.rows, Basis::sample, "rows drawn at random", SampleError(sample.rows, rows)};
}

/// What was estimated is known when the sample is everything.
void MakeExact(const Dictionary& values, ColumnProfile& column) {
  column.distinct = {static_cast<int64_t>(values.size()), CountMethod::exact, 0};
}

void FillUniqueness(TableProfile& profile, const CodedSample& sample) {
  constexpr double kLooksLikeKey = 0.95;
  for (size_t i = 0; i < profile.columns.size(); ++i) {
    ColumnProfile& column = profile.columns[i];
    const int64_t values = column.count - column.nulls;
    const bool single_key = profile.primary_key == std::vector<std::string>{column.name};
    const bool like =
        single_key || static_cast<double>(column.distinct.value) >= kLooksLikeKey * static_cast<double>(values);
    if (values < 2 || !like || column.family == ValueFamily::binary) continue;
    const bool apart =
        sample.proven[i] || (!sample.all_rows && static_cast<int64_t>(sample.columns[i].size()) == column.sampled);
    column.quality.uniqueness = {apart ? values : std::min(values, column.distinct.value), values,
                                 "different values in a column that looks like a key"};
  }
}

/// Rows of the columns that may refer to a key of some table, from everywhere in the sample.
void KeepSample(Batch&& sample, int64_t kept_rows, ProfiledTable& out) {
  out.sample_rows = std::min(sample.rows, kept_rows);
  for (size_t i = 0; i < sample.columns.size(); ++i) {
    Column& from = sample.columns[i];
    Column& kept = out.sample.emplace_back(from.type());
    if (!MayRefer(out.profile.columns[i])) continue;
    if (out.sample_rows == sample.rows)
      kept = std::move(from);
    else
      for (int64_t i = 0; i < out.sample_rows; ++i) kept.AppendFrom(from, i * sample.rows / out.sample_rows);
  }
}

/// Every column by itself, several at a time.
CodedSample ShapeColumns(const Batch& sample, const ProfileOptions& options, int64_t now, TableProfile& profile) {
  CodedSample coded{std::vector<Dictionary>(sample.columns.size()), sample.rows, sample.rows == profile.rows, {}};
  (void)ParallelFor(std::max(1, options.workers), sample.columns.size(), [&](int, size_t i) -> Status {
    coded.columns[i] = MakeDictionary(sample.columns[i]);
    if (coded.all_rows) MakeExact(coded.columns[i], profile.columns[i]);
    ShapeColumn(sample.columns[i], coded.columns[i], profile.columns[i]);
    FillQualityFacts(sample.columns[i], coded.columns[i], now, profile.columns[i]);
    return {};
  });
  return coded;
}

/// What the columns mean; all of them are known, since neighbours tell too.
void TellMeanings(const Batch& sample, const ProfileOptions& options, TableProfile& profile) {
  std::vector<std::string_view> names;
  for (const ColumnProfile& column : profile.columns) names.push_back(column.name);
  (void)ParallelFor(std::max(1, options.workers), sample.columns.size(), [&](int, size_t i) -> Status {
    std::vector<std::string_view> neighbours = names;
    neighbours.erase(neighbours.begin() + static_cast<std::ptrdiff_t>(i));
    TellMeaning(sample.columns[i], profile.name, neighbours, profile.columns[i]);
    return {};
  });
}

void TellDependencies(const Table& table, const CodedSample& coded, TableProfile& profile) {
  if (profile.rows == 0) return;
  profile.candidate_keys = CandidateKeys(table, profile, coded);
  profile.functional_dependencies = FunctionalDependencies(profile, coded);
  profile.duplicate_rows = FindDuplicateRows(coded);
}

/// What looks at several columns. Each part fills members of its own, so they can go side by side, the longest first.
void LookAcrossColumns(const Table& table, const Batch& sample, const CodedSample& coded, const ProfileOptions& options,
                       int64_t now, TableProfile& profile) {
  const std::function<void()> parts[] = {[&] { profile.anomalies = FindAnomalies(sample, now); },
                                         [&] { TellDependencies(table, coded, profile); },
                                         [&] { TellMeanings(sample, options, profile); }};
  (void)ParallelFor(std::max(1, options.workers), std::size(parts), [&](int, size_t part) -> Status {
    parts[part]();
    return {};
  });
}

}  // namespace

ProfiledTable ProfileTable(const Table& table, ScannedRows& rows, const ProfileOptions& options, int64_t kept_rows,
                           int64_t now) {
  Batch sample = rows.sample->Take();
  ProfiledTable out{.profile = FromAllRows(table, *sample.schema, rows)};
  TableProfile& profile = out.profile;
  profile.sample = DescribeSample(sample, profile.rows);
  CodedSample coded = ShapeColumns(sample, options, now, profile);
  for (const auto& column : rows.columns) {
    coded.proven.push_back(column->rises());
    out.distinct.push_back(column->distinct());
    out.distinct.back().Settle();
  }
  FillUniqueness(profile, coded);
  LookAcrossColumns(table, sample, coded, options, now, profile);
  if (options.on_sample) options.on_sample(table, sample, profile);
  KeepSample(std::move(sample), kept_rows, out);
  return out;
}

}  // namespace migrateiq
