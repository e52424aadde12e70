#pragma once

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What is known of a system's data after one look at it. Plain values, described, so that they become JSON without
/// further code (`profile_json.hpp` here, platform/describe in the server).
///
/// Values are text, in the form of `pipeline/batch/text.hpp`, because they have every type; `number` beside a text is
/// the same value on a line of numbers (dates as days, times as seconds), for charts. No number here is NaN or
/// infinite.
///
/// Which rows a figure was taken from: `count`, `nulls`, `empty`, `blank`, `distinct`, `minimum`, `maximum`, `numbers`,
/// `quantiles`, `lengths` and `findings` come from all rows. All other figures of a column come from the table's
/// sample (`TableProfile::sample`), which may be all rows; what was checked on all rows although the rest was not says
/// so itself (`Basis`). Shares are of the sample, between 0 and 1, and have the error that `SampleProfile::error`
/// states.
namespace migrateiq {

/// Which rows a figure was taken from.
enum class Basis { all_rows, sample };
BOOST_DESCRIBE_ENUM(Basis, all_rows, sample)

/// How distinct values were counted. `hyperloglog` errs by the relative standard error that stands beside it.
enum class CountMethod { exact, hyperloglog };
BOOST_DESCRIBE_ENUM(CountMethod, exact, hyperloglog)

/// What sort of values a column holds, for choosing how to show them.
enum class ValueFamily { number, text, boolean, date, time, timestamp, interval, binary, other };
BOOST_DESCRIBE_ENUM(ValueFamily, number, text, boolean, date, time, timestamp, interval, binary, other)

/// Different values, NULL not counted.
struct DistinctCount {
  int64_t value = 0;
  CountMethod method = CountMethod::exact;
  double error = 0;  ///< relative standard error; 0 when exact
};
BOOST_DESCRIBE_STRUCT(DistinctCount, (), (value, method, error))

/// Of numeric columns. NaN and infinities are counted in `not_finite` and left out of the rest.
struct NumberProfile {
  double mean = 0;
  double deviation = 0;  ///< of a sample (divided by n - 1)
  double sum = 0;
  int64_t zeros = 0, negatives = 0, not_finite = 0;
};
BOOST_DESCRIBE_STRUCT(NumberProfile, (), (mean, deviation, sum, zeros, negatives, not_finite))

/// The value below which the share `at` of the values lies (0.5 = median).
struct Quantile {
  double at = 0;
  std::string value;
  double number = 0;
};
BOOST_DESCRIBE_STRUCT(Quantile, (), (at, value, number))

/// One bar: low <= value < high (the last one includes its high end).
struct HistogramBar {
  std::string low, high;
  double low_number = 0, high_number = 0;
  int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(HistogramBar, (), (low, high, low_number, high_number, count))

struct ValueCount {
  std::string value;  ///< at most 200 characters of it
  int64_t count = 0;
  double share = 0;  ///< of the sampled rows that are not NULL
};
BOOST_DESCRIBE_STRUCT(ValueCount, (), (value, count, share))

/// Characters (bytes for binary columns) of the values as text.
struct LengthProfile {
  int64_t minimum = 0, maximum = 0;
  double mean = 0;
};
BOOST_DESCRIBE_STRUCT(LengthProfile, (), (minimum, maximum, mean))

/// The shape of texts: `A` upper-case letter, `a` lower-case letter, `9` digit, `_` blank, anything else itself; a run
/// of more than four alike is written once with `+` ("A+9999", "99.99.9999", "a+@a+.aaa").
struct PatternCount {
  std::string pattern;
  int64_t count = 0;
  double share = 0;
  std::string example;
};
BOOST_DESCRIBE_STRUCT(PatternCount, (), (pattern, count, share, example))

/// How many texts hold at least one character of a class; the last ones look at the whole text.
struct CharacterProfile {
  int64_t letters = 0, digits = 0, blanks = 0, punctuation = 0, beyond_ascii = 0;
  int64_t all_upper = 0, all_lower = 0, all_digits = 0;  ///< of their letters; of all characters
  int64_t outer_blanks = 0;                              ///< begin or end with a blank
};
BOOST_DESCRIBE_STRUCT(CharacterProfile, (),
                      (letters, digits, blanks, punctuation, beyond_ascii, all_upper, all_lower, all_digits,
                       outer_blanks))

/// Texts that are dates or moments, and how they are written.
struct DateFormat {
  std::string format;  ///< as a strptime format: "%d.%m.%Y"
  int64_t count = 0;   ///< texts that fit this format and none before it in the list
  double share = 0;
  bool ambiguous = false;  ///< the other order of day and month fits every one of them as well
};
BOOST_DESCRIBE_STRUCT(DateFormat, (), (format, count, share, ambiguous))

/// The type that the values would really fit.
struct FittingType {
  std::string type;      ///< "int32", "decimal(12,2)", "date", "bool", "string(40)"
  int64_t fits = 0;      ///< values it holds without loss, of those looked at
  int64_t checked = 0;   ///< values looked at (not NULL, not blank)
  bool differs = false;  ///< it is of another kind than the declared type
  std::string format;    ///< how a text has to be read to become it: a date format, "decimal comma", "yes/no"
  std::vector<std::string> exceptions;  ///< up to 5 values that do not fit it
};
BOOST_DESCRIBE_STRUCT(FittingType, (), (type, fits, checked, differs, format, exceptions))

/// Values far from the others: beyond `low` and `high`, which are robust fences (the way they are found is `method`).
struct OutlierProfile {
  std::string method;  ///< "3 x interquartile range", "6 x median absolute deviation"
  std::string low, high;
  int64_t count = 0;
  std::vector<std::string> examples;  ///< up to 5, farthest first
};
BOOST_DESCRIBE_STRUCT(OutlierProfile, (), (method, low, high, count, examples))

/// Texts whose bytes tell of a wrong conversion somewhere before. One text may be in several counts.
struct EncodingProfile {
  int64_t invalid_utf8 = 0;    ///< bytes that are no UTF-8
  int64_t replacement = 0;     ///< U+FFFD: a character was lost
  int64_t control = 0;         ///< control characters other than tab and line ends
  int64_t mojibake = 0;        ///< UTF-8 that was read as a one-byte encoding ("MÃ¼ller")
  int64_t mixed = 0;           ///< characters of several scripts within one word ("pаypal" with a Cyrillic а)
  int64_t not_normalized = 0;  ///< letters with combining marks where one character exists
  std::vector<std::string> examples;
  int64_t Total() const { return invalid_utf8 + replacement + control + mojibake + mixed + not_normalized; }
};
BOOST_DESCRIBE_STRUCT(EncodingProfile, (),
                      (invalid_utf8, replacement, control, mojibake, mixed, not_normalized, examples))

struct MeaningCandidate {
  std::string kind;
  double confidence = 0;
  std::vector<std::string> evidence;
};
BOOST_DESCRIBE_STRUCT(MeaningCandidate, (), (kind, confidence, evidence))

/// What the values mean, as pipeline/semantic tells it; `kind` is empty when nothing is sure enough.
struct SemanticProfile {
  std::string kind;                   ///< "email", "iban", "first_name" ...: id of a SemanticKind
  std::string group;                  ///< of the kind
  double confidence = 0;              ///< 0 .. 1
  std::vector<std::string> evidence;  ///< in words
  bool is_pii = false;
  std::string sensitivity;  ///< none | personal | special_category | credential | financial; empty without a kind
  std::string mask;         ///< the mask that would keep the format; empty: none is needed
  std::vector<MeaningCandidate> candidates;  ///< the best three, best first
};
BOOST_DESCRIBE_STRUCT(SemanticProfile, (), (kind, group, confidence, evidence, is_pii, sensitivity, mask, candidates))

/// Values that the reader could not take as they are (see FindingKind), by kind.
struct FindingCount {
  std::string kind;
  int64_t count = 0;
  std::string example;
};
BOOST_DESCRIBE_STRUCT(FindingCount, (), (kind, count, example))

/// Raw counts from which scores are made: `of` were looked at, `good` of them were good.
struct QualityFact {
  int64_t good = 0, of = 0;
  std::string about;  ///< what good means here, in words; empty when the dimension does not apply
};
BOOST_DESCRIBE_STRUCT(QualityFact, (), (good, of, about))

struct QualityFacts {
  QualityFact completeness;  ///< neither NULL nor empty nor blank
  QualityFact uniqueness;    ///< of columns that look like a key: rows whose value no other row has
  QualityFact validity;      ///< readable, of the fitting type, and without encoding trouble
  QualityFact consistency;   ///< written as most of them are (pattern, date format, case, outer blanks)
  QualityFact timeliness;    ///< dates and moments that are not in the future nor before 1900
  QualityFact integrity;     ///< of foreign keys, declared or found: rows whose parent exists
  std::string newest;        ///< the latest of those; empty for other columns
};
BOOST_DESCRIBE_STRUCT(QualityFacts, (),
                      (completeness, uniqueness, validity, consistency, timeliness, integrity, newest))

struct ColumnProfile {
  std::string name;
  std::string declared_type;  ///< as the system prints it; empty where it has no types (CSV)
  std::string batch_type;     ///< what the reader yields: "decimal(12,2)", "string(40)"
  ValueFamily family = ValueFamily::other;
  bool nullable = true;
  bool in_primary_key = false;
  std::string comment;

  // from all rows
  int64_t count = 0;  ///< rows
  int64_t nulls = 0;
  int64_t empty = 0;  ///< texts of no character
  int64_t blank = 0;  ///< texts of blanks only, at least one
  DistinctCount distinct;
  std::optional<std::string> minimum, maximum;  ///< texts by bytes; at most 200 characters
  std::optional<double> minimum_number, maximum_number;
  std::optional<NumberProfile> numbers;
  std::vector<Quantile> quantiles;  ///< 0.01 0.05 0.25 0.5 0.75 0.95 0.99 of numbers, dates and times
  double quantile_error = 0;        ///< by how much the share below a quantile may be off; 0 = exact
  std::optional<LengthProfile> lengths;
  std::vector<FindingCount> findings;

  // from the sample
  int64_t sampled = 0;  ///< sampled values that are not NULL
  std::vector<HistogramBar> histogram;
  std::vector<ValueCount> top_values;  ///< most frequent first
  std::vector<PatternCount> patterns;
  std::optional<CharacterProfile> characters;
  std::vector<DateFormat> date_formats;
  std::optional<FittingType> fitting;
  std::optional<OutlierProfile> outliers;
  std::optional<EncodingProfile> encoding;
  SemanticProfile semantic;
  QualityFacts quality;
};
BOOST_DESCRIBE_STRUCT(ColumnProfile, (),
                      (name, declared_type, batch_type, family, nullable, in_primary_key, comment, count, nulls, empty,
                       blank, distinct, minimum, maximum, minimum_number, maximum_number, numbers, quantiles,
                       quantile_error, lengths, findings, sampled, histogram, top_values, patterns, characters,
                       date_formats, fitting, outliers, encoding, semantic, quality))

/// Columns whose values tell the rows apart. Minimal: no part of it is a candidate key itself.
struct CandidateKey {
  std::vector<std::string> columns;
  bool declared = false;  ///< primary key or unique constraint
  Basis basis = Basis::sample;
  int64_t rows = 0;      ///< looked at, without those with a NULL in it
  int64_t distinct = 0;  ///< equals `rows` in a key; a declared one may break it
  int64_t nulls = 0;     ///< rows with a NULL in it
};
BOOST_DESCRIBE_STRUCT(CandidateKey, (), (columns, declared, basis, rows, distinct, nulls))

/// Rows that agree in `determinant` agree in `dependent` too, but for `violations` of them.
struct FunctionalDependency {
  std::vector<std::string> determinant;
  std::string dependent;
  Basis basis = Basis::sample;
  int64_t rows = 0;
  int64_t violations = 0;  ///< rows to change for it to hold everywhere
  int64_t groups = 0;      ///< different values of the determinant: few rows a group make it a weak statement
};
BOOST_DESCRIBE_STRUCT(FunctionalDependency, (), (determinant, dependent, basis, rows, violations, groups))

/// The values of these columns are found in columns of another table: a foreign key, declared or not.
struct InclusionDependency {
  std::vector<std::string> columns;
  std::string parent;  ///< table as TableProfile::name
  std::vector<std::string> parent_columns;
  bool declared = false;
  Basis basis = Basis::sample;        ///< of the child; the parent's values are always all of them
  int64_t rows = 0;                   ///< with a value in every column
  int64_t orphans = 0;                ///< rows whose value the parent has not
  int64_t orphan_values = 0;          ///< different values of those
  std::vector<std::string> examples;  ///< up to 5 such values
  double confidence = 0;              ///< that it is meant (names, types, share, parent is a key); 1 when declared
};
BOOST_DESCRIBE_STRUCT(InclusionDependency, (),
                      (columns, parent, parent_columns, declared, basis, rows, orphans, orphan_values, examples,
                       confidence))

/// Rows that are equal to another one in every column.
struct DuplicateRows {
  Basis basis = Basis::sample;
  int64_t checked = 0;
  int64_t surplus = 0;  ///< rows that could go without a loss
  int64_t groups = 0;
};
BOOST_DESCRIBE_STRUCT(DuplicateRows, (), (basis, checked, surplus, groups))

/// The rows that most figures of a table come from.
struct SampleProfile {
  int64_t rows = 0;
  Basis basis = Basis::sample;  ///< all_rows when the table is no larger than the sample, or on demand
  std::string method;           ///< "all rows", "reservoir of every row"
  double error = 0;             ///< a share taken from it is off by at most this in 95 of 100 cases; 0 = exact
};
BOOST_DESCRIBE_STRUCT(SampleProfile, (), (rows, basis, method, error))

/// How many rows break a rule that was given to the analysis.
struct RuleCount {
  std::string name, kind, column, severity;
  std::string status;  ///< passed | failed | error (it could not be checked: `message` says why)
  Basis basis = Basis::all_rows;
  int64_t checked = 0, broken = 0;
  std::string message;  ///< in words: what was found
  std::vector<std::string> examples;
};
BOOST_DESCRIBE_STRUCT(RuleCount, (), (name, kind, column, severity, status, basis, checked, broken, message, examples))

/// Something odd among the sampled rows (pipeline/anomaly, docs/anomalies.md).
struct AnomalyProfile {
  std::string kind;                   ///< "outlier", "misspelling", "rare_combination" ...
  std::vector<std::string> columns;   ///< one, or those that are odd together
  int64_t rows = 0;                   ///< of the sample, concerned
  double score = 0;                   ///< 0 usual .. 1 cannot be chance
  std::string how, why;               ///< how unusual, and by what it was judged, in words
  std::vector<std::string> examples;  ///< up to 5 values; those of several columns joined by ", "
};
BOOST_DESCRIBE_STRUCT(AnomalyProfile, (), (kind, columns, rows, score, how, why, examples))

/// An index that the system declares beside the primary key.
struct IndexProfile {
  std::string name;
  std::vector<std::string> columns;  ///< in order, as written: "email", "lower(email)", "title(20)", "day DESC"
  bool unique = false;
  std::string method;                ///< btree, hash, fulltext, gin ...
  std::vector<std::string> include;  ///< columns that only ride along
  std::string where;                 ///< the rows it holds; empty = all
};
BOOST_DESCRIBE_STRUCT(IndexProfile, (), (name, columns, unique, method, include, where))

struct TableProfile {
  std::string name;    ///< as TableName::ToString
  std::string schema;  ///< the part of it before the point; empty where the system has none
  std::string comment;
  int64_t rows = 0;
  int64_t bytes = -1;  ///< as the system or the file tells it; -1 = unknown
  SampleProfile sample;
  std::vector<std::string> primary_key;  ///< declared
  std::vector<IndexProfile> indexes;     ///< declared, unique constraints too
  std::vector<ColumnProfile> columns;
  std::vector<CandidateKey> candidate_keys;  ///< best first
  std::vector<FunctionalDependency> functional_dependencies;
  std::vector<InclusionDependency> inclusion_dependencies;  ///< this table is the child
  std::optional<DuplicateRows> duplicate_rows;
  std::vector<RuleCount> rules;
  std::vector<AnomalyProfile> anomalies;  ///< most unusual first
  double seconds = 0;              ///< from its first rows to its profile; other tables may have been read meanwhile
  std::vector<std::string> notes;  ///< what should be known when reading this: "40 of 312 columns were tried as keys"
};
BOOST_DESCRIBE_STRUCT(TableProfile, (),
                      (name, schema, comment, rows, bytes, sample, primary_key, indexes, columns, candidate_keys,
                       functional_dependencies, inclusion_dependencies, duplicate_rows, rules, anomalies, seconds,
                       notes))

/// A table that could not be profiled.
struct ProfileFailure {
  std::string table, code, message, fix;
};
BOOST_DESCRIBE_STRUCT(ProfileFailure, (), (table, code, message, fix))

struct Profile {
  int version = 1;         ///< of this document
  std::string source;      ///< the URL without secrets
  std::string connector;   ///< "postgres"
  std::string moment;      ///< which moment the rows are of, as the source describes it
  std::string started_at;  ///< RFC 3339, UTC
  double seconds = 0;
  bool full = false;        ///< everything was taken from all rows
  int64_t sample_rows = 0;  ///< asked for
  std::vector<TableProfile> tables;
  std::vector<ProfileFailure> failures;
  std::vector<std::string> notes;
};
BOOST_DESCRIBE_STRUCT(Profile, (),
                      (version, source, connector, moment, started_at, seconds, full, sample_rows, tables, failures,
                       notes))

/// Null when there is none of that name.
const TableProfile* Find(const Profile& profile, std::string_view table);
const ColumnProfile* Find(const TableProfile& table, std::string_view column);

}  // namespace migrateiq
