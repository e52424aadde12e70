#pragma once

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/profile/profile.hpp"

/// What a consultant hands over before a migration: plain values, described, so that they become JSON without further
/// code. Everything shown to people is in here already, masked where it is personal: a renderer only lays it out.
namespace migrateiq {

enum class Readiness { ready, ready_with_conditions, not_ready };
BOOST_DESCRIBE_ENUM(Readiness, ready, ready_with_conditions, not_ready)

/// `critical`: the migration cannot go on before it is settled. `high`: rows or meaning would be lost, or somebody has
/// to do work. `medium`: a decision is due. `low`: handled, worth knowing. `note`: a chance rather than a risk.
enum class RiskSeverity { note, low, medium, high, critical };
BOOST_DESCRIBE_ENUM(RiskSeverity, note, low, medium, high, critical)

enum class Dimension { completeness, uniqueness, validity, consistency, timeliness, integrity };
BOOST_DESCRIBE_ENUM(Dimension, completeness, uniqueness, validity, consistency, timeliness, integrity)
inline constexpr int kDimensions = 6;

// --- verdict ---------------------------------------------------------------------------------------------------------

/// One thing that decides the verdict.
struct VerdictReason {
  bool blocks = false;  ///< otherwise it is a condition
  std::string text;     ///< what was found
  std::string action;   ///< what settles it
  std::string risk;     ///< Risk::kind it comes from; may be empty
};
BOOST_DESCRIBE_STRUCT(VerdictReason, (), (blocks, text, action, risk))

// --- inventory -------------------------------------------------------------------------------------------------------

struct InventoryLine {
  std::string kind;  ///< "table", "view", "foreign key" ...
  int64_t count = 0;
  std::string detail;  ///< "12 unique, 3 partial"
};
BOOST_DESCRIBE_STRUCT(InventoryLine, (), (kind, count, detail))

/// A table or another object that a definition names.
struct ObjectUse {
  std::string kind, name;
};
BOOST_DESCRIBE_STRUCT(ObjectUse, (), (kind, name))

/// A view, trigger, routine ...: what is no table.
struct CatalogObject {
  std::string kind, name;
  std::string source;           ///< its definition at the source, as far as it may be read
  std::vector<ObjectUse> uses;  ///< what it needs to be there, as far as its definition names it
};
BOOST_DESCRIBE_STRUCT(CatalogObject, (), (kind, name, source, uses))

// --- complexity ------------------------------------------------------------------------------------------------------

/// A summand of a score: `count` times `weight`.
struct ScorePart {
  std::string about;
  double count = 0, weight = 0, points = 0;
};
BOOST_DESCRIBE_STRUCT(ScorePart, (), (about, count, weight, points))

struct ObjectComplexity {
  std::string kind, name;
  double points = 0;
  std::string level;  ///< simple | moderate | complex
  std::vector<ScorePart> parts;
};
BOOST_DESCRIBE_STRUCT(ObjectComplexity, (), (kind, name, points, level, parts))

struct LevelCount {
  std::string level;
  int64_t count = 0;
  double points = 0;
};
BOOST_DESCRIBE_STRUCT(LevelCount, (), (level, count, points))

struct Complexity {
  double points = 0;
  std::string level;
  std::vector<std::string> formulas;      ///< as they are used, in words and numbers
  std::vector<LevelCount> distribution;   ///< over all objects
  std::vector<ObjectComplexity> objects;  ///< most points first
};
BOOST_DESCRIBE_STRUCT(Complexity, (), (points, level, formulas, distribution, objects))

// --- risks -----------------------------------------------------------------------------------------------------------

/// Where a risk shows and by which figures.
struct RiskEvidence {
  std::string table, column;  ///< empty where it is about more
  std::string text;
  int64_t count = -1, of = -1;       ///< values or rows concerned, of so many; -1 = not a matter of counts
  bool sampled = false;              ///< the figures are of a sample
  std::vector<std::string> samples;  ///< masked where personal
};
BOOST_DESCRIBE_STRUCT(RiskEvidence, (), (table, column, text, count, of, sampled, samples))

struct Risk {
  std::string kind;          ///< stable: "zero_dates"
  std::string failure_case;  ///< "F01", empty when it is none of the known cases
  std::string title;
  RiskSeverity severity = RiskSeverity::note;
  std::string consequence;             ///< what it becomes when nobody looks
  std::string engine;                  ///< what MigrateIQ does about it
  std::string decision;                ///< what people have to decide; empty when nothing
  std::string plan_key;                ///< where the decision is written down ("on.zero_date")
  std::string plan_example;            ///< YAML
  int64_t places = 0;                  ///< tables, columns or objects concerned
  int64_t affected = 0;                ///< values or rows concerned, where counted
  double share = 0;                    ///< of the values of those places; 0 where not counted
  std::vector<RiskEvidence> evidence;  ///< the gravest places, at most kMaxEvidence of them
};
BOOST_DESCRIBE_STRUCT(Risk, (),
                      (kind, failure_case, title, severity, consequence, engine, decision, plan_key, plan_example,
                       places, affected, share, evidence))
inline constexpr size_t kMaxEvidence = 1000;

/// What was made of each known way in which migrations fail.
struct CaseCheck {
  std::string failure_case, title;
  std::string status;  ///< found | clear | by_design | at_run_time | not_examined | not_applicable
  std::string note;    ///< how it was looked for, or why not
};
BOOST_DESCRIBE_STRUCT(CaseCheck, (), (failure_case, title, status, note))

// --- conversion ------------------------------------------------------------------------------------------------------

/// How many objects of a kind are carried over by themselves, with a change that is said, or by hand.
struct ConversionLine {
  std::string kind;
  int64_t automatic = 0, adapted = 0, manual = 0;
};
BOOST_DESCRIBE_STRUCT(ConversionLine, (), (kind, automatic, adapted, manual))

/// One thing a run would report: `adapted` (carried over, differently) or `manual`.
struct ConversionItem {
  std::string kind, name, status, why;
  std::string source;  ///< its definition at the source
};
BOOST_DESCRIBE_STRUCT(ConversionItem, (), (kind, name, status, why, source))

struct TypeMapping {
  std::string from, to;
  int64_t columns = 0;
  bool changes = false;  ///< the run says something about at least one of them
  std::string note;
};
BOOST_DESCRIBE_STRUCT(TypeMapping, (), (from, to, columns, changes, note))

struct TargetConversion {
  std::string dialect;  ///< "postgresql"
  std::string label;    ///< as shown: "PostgreSQL"
  bool chosen = false;  ///< the target of this migration; others are for comparison
  std::string refused;  ///< why no run would begin; empty when it would
  int64_t automatic = 0, adapted = 0, manual = 0;
  std::vector<ConversionLine> lines;
  std::vector<ConversionItem> items;  ///< manual ones first; of the chosen target only
  std::vector<TypeMapping> types;     ///< of the chosen target only
};
BOOST_DESCRIBE_STRUCT(TargetConversion, (),
                      (dialect, label, chosen, refused, automatic, adapted, manual, lines, items, types))

// --- quality ---------------------------------------------------------------------------------------------------------

/// `good` of `of` examined; no score where nothing could be examined.
struct QualityScore {
  Dimension dimension = Dimension::completeness;
  std::optional<double> score;
  int64_t good = 0, of = 0;
};
BOOST_DESCRIBE_STRUCT(QualityScore, (), (dimension, score, good, of))

struct QualitySummary {
  std::optional<double> overall;
  std::vector<QualityScore> scores;   ///< one a dimension
  std::vector<std::string> formulas;  ///< one a dimension, then how they are put together
};
BOOST_DESCRIBE_STRUCT(QualitySummary, (), (overall, scores, formulas))

// --- tables and columns ----------------------------------------------------------------------------------------------

struct ValueBar {
  std::string label;
  double share = 0;
};
BOOST_DESCRIBE_STRUCT(ValueBar, (), (label, share))

/// A column as its card shows it.
struct ColumnCard {
  std::string name, type, target_type, family;
  bool key = false, nullable = true;
  double null_share = 0;
  int64_t distinct = 0;
  bool distinct_exact = true;
  std::string minimum, maximum, mean;  ///< masked or left out where personal
  std::vector<ValueBar> bars;          ///< histogram or most frequent values; labels empty where personal
  bool histogram = false;              ///< bars are ranges in order
  std::string pattern;                 ///< most frequent shape of the texts
  double pattern_share = 0;
  std::string fits;      ///< type that the values would really fit, where it is another
  std::string semantic;  ///< what the values mean, "" = not known
  double confidence = 0;
  bool personal = false;
  std::vector<QualityScore> quality;
  std::vector<std::string> notes;
};
BOOST_DESCRIBE_STRUCT(ColumnCard, (),
                      (name, type, target_type, family, key, nullable, null_share, distinct, distinct_exact, minimum,
                       maximum, mean, bars, histogram, pattern, pattern_share, fits, semantic, confidence, personal,
                       quality, notes))

struct TableSummary {
  std::string name, comment;
  int64_t rows = -1, bytes = -1;  ///< -1 = unknown
  bool rows_exact = false;        ///< counted, not the system's estimate
  int64_t columns = 0, indexes = 0, foreign_keys = 0, referenced_by = 0;
  std::string key;                       ///< its columns, empty without one
  std::vector<IndexProfile> index_list;  ///< without the primary key
  double complexity = 0;
  std::string level;
  std::optional<double> quality;
  int64_t personal_columns = 0, risks = 0;
  RiskSeverity worst = RiskSeverity::note;  ///< of its risks
  std::vector<QualityScore> scores;
  std::vector<ColumnCard> cards;
  std::vector<std::string> notes;
};
BOOST_DESCRIBE_STRUCT(TableSummary, (),
                      (name, comment, rows, bytes, rows_exact, columns, indexes, foreign_keys, referenced_by, key,
                       index_list, complexity, level, quality, personal_columns, risks, worst, scores, cards, notes))

// --- personal data ---------------------------------------------------------------------------------------------------

struct PersonalColumn {
  std::string table, column, kind;
  std::string title;     ///< what the kind is called: "E-mail address"
  std::string category;  ///< identity | contact | location | finance | health | credential | network ...
  RiskSeverity sensitivity = RiskSeverity::medium;
  double confidence = 0;
  int64_t rows = 0;  ///< with a value
  std::vector<std::string> evidence;
};
BOOST_DESCRIBE_STRUCT(PersonalColumn, (),
                      (table, column, kind, title, category, sensitivity, confidence, rows, evidence))

struct PersonalData {
  bool examined = false;
  std::vector<PersonalColumn> columns;  ///< most sensitive first
};
BOOST_DESCRIBE_STRUCT(PersonalData, (), (examined, columns))

// --- dependencies ----------------------------------------------------------------------------------------------------

struct Dependency {
  std::string child, parent;  ///< tables
  std::vector<std::string> columns, parent_columns;
  bool declared = true;
  int64_t orphans = -1;  ///< -1 = not looked
  double confidence = 1;
};
BOOST_DESCRIBE_STRUCT(Dependency, (), (child, parent, columns, parent_columns, declared, orphans, confidence))

struct TableReferences {
  std::vector<Dependency> edges;
  std::vector<std::string> load_order;           ///< parents first where there is no cycle
  std::vector<std::vector<std::string>> cycles;  ///< tables that refer to each other in a ring
};
BOOST_DESCRIBE_STRUCT(TableReferences, (), (edges, load_order, cycles))

// --- duration and effort ---------------------------------------------------------------------------------------------

struct Duration {
  double seconds = 0, low = 0, high = 0;
  bool measured = false;  ///< from runs or a rehearsal; otherwise from the stated assumption
  std::string basis;
  std::string formula;
  std::vector<ScorePart> parts;  ///< points are seconds
  std::vector<std::string> assumptions;
};
BOOST_DESCRIBE_STRUCT(Duration, (), (seconds, low, high, measured, basis, formula, parts, assumptions))

struct EffortLine {
  std::string about;
  double count = 0, hours_each = 0, hours = 0;
};
BOOST_DESCRIBE_STRUCT(EffortLine, (), (about, count, hours_each, hours))

struct Effort {
  double hours = 0, low = 0, high = 0;
  std::vector<EffortLine> lines;
  std::vector<std::string> assumptions;
};
BOOST_DESCRIBE_STRUCT(Effort, (), (hours, low, high, lines, assumptions))

// --- all of it -------------------------------------------------------------------------------------------------------

struct Assessment {
  int version = 1;  ///< of this document
  std::string name;
  std::string source;   ///< URL without secrets, or a connection's name
  std::string system;   ///< "MariaDB / MySQL"
  std::string target;   ///< label of the chosen target, empty when none was
  std::string made_at;  ///< RFC 3339, UTC
  std::string moment;   ///< what the figures are of
  std::string tool;     ///< "MigrateIQ 1.2.0"
  bool profiled = false, masked = true;
  Readiness verdict = Readiness::ready;
  std::string headline;  ///< the verdict in one sentence
  std::vector<VerdictReason> reasons;
  std::vector<std::string> summary;     ///< paragraphs, plain words
  std::vector<std::string> next_steps;  ///< in order
  int64_t rows = 0, bytes = 0;
  bool bytes_known = true;  ///< every table's size is
  std::vector<InventoryLine> inventory;
  std::vector<TableSummary> tables;    ///< by name
  std::vector<CatalogObject> objects;  ///< by kind and name
  Complexity complexity;
  std::vector<Risk> risks;  ///< gravest first
  std::vector<CaseCheck> cases;
  std::vector<TargetConversion> conversions;  ///< the chosen one first
  QualitySummary quality;
  PersonalData personal;
  TableReferences dependencies;
  Duration duration;
  Effort effort;
  std::string plan;                ///< YAML: the decisions, as a start
  std::vector<std::string> notes;  ///< limits of this assessment
};
BOOST_DESCRIBE_STRUCT(Assessment, (),
                      (version, name, source, system, target, made_at, moment, tool, profiled, masked, verdict,
                       headline, reasons, summary, next_steps, rows, bytes, bytes_known, inventory, tables, objects,
                       complexity, risks, cases, conversions, quality, personal, dependencies, duration, effort, plan,
                       notes))

/// "ready with conditions", "critical", "completeness": as people read it.
const char* Words(Readiness verdict);
const char* Words(RiskSeverity severity);
const char* Words(Dimension dimension);

}  // namespace migrateiq
