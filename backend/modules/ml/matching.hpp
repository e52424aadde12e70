#pragma once

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"

/// Matchings, what they suggest and what was decided, as rows.
namespace migrateiq::ml {

/// The names of the kinds of jobs, and the permissions around them.
inline constexpr const char *kMatchJob = "match", *kTrainJob = "train", *kReadMappings = "mappings.read",
                            *kWriteMappings = "mappings.write", *kReadModels = "models.read",
                            *kWriteModels = "models.write";

struct MatchingOptions {
  std::vector<std::string> source_tables, target_tables;  ///< patterns; empty: all
  int64_t rows = 1000;                                    ///< of each table that are looked at; 0: names alone
  /// A finished analysis of a connection that is no older is used instead of a look at its data.
  std::optional<int64_t> analyses_within_hours{};
};
BOOST_DESCRIBE_STRUCT(MatchingOptions, (), (source_tables, target_tables, rows, analyses_within_hours))

/// Tables for which there was no partner.
struct UnmatchedTables {
  std::vector<std::string> source, target;
};
BOOST_DESCRIBE_STRUCT(UnmatchedTables, (), (source, target))

struct MatchingRow {
  std::string matching_id, tenant_id, project_id;
  std::string source_connection_id, target_connection_id, source_connection, target_connection, name;
  MatchingOptions options;
  std::string model_id;
  Micros created_at = 0;
  std::string created_by, created_by_name;
  std::optional<Micros> finished_at;
  UnmatchedTables unmatched;
};

struct MatchedTable {
  int64_t number = 0;
  std::string source_table, target_table;
  double confidence = 0;
  std::string regime;
  std::vector<std::string> target_columns;
};

struct SuggestionEvidence {
  std::string signal;
  double score = 0;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(SuggestionEvidence, (), (signal, score, text))

struct SuggestedTransformation {
  std::string kind;
  std::vector<std::string> sources;  ///< source columns it reads
  std::string expr;                  ///< as plans have it
  std::string text;                  ///< for people
  double confidence = 0;
  std::optional<double> verified;  ///< share of the sample's values on which it holds; absent: nothing to try it on
};
BOOST_DESCRIBE_STRUCT(SuggestedTransformation, (), (kind, sources, expr, text, confidence, verified))

struct SuggestedAlternative {
  std::string target_column;
  double confidence = 0;
};
BOOST_DESCRIBE_STRUCT(SuggestedAlternative, (), (target_column, confidence))

/// Sealed where it is stored: transformations may quote values of the data.
struct SuggestionDetails {
  std::vector<SuggestionEvidence> evidence;  ///< strongest first
  std::optional<SuggestedTransformation> transformation;
  std::vector<SuggestedAlternative> alternatives;  ///< the best three
};
BOOST_DESCRIBE_STRUCT(SuggestionDetails, (), (evidence, transformation, alternatives))

/// What the model weighed of a pair: numbers, no value of the data.
struct WeighedPair {
  std::string target_column;
  double score = 0;  ///< see match::Weighed
  std::vector<double> terms;
};
BOOST_DESCRIBE_STRUCT(WeighedPair, (), (target_column, score, terms))

/// What a decision about a suggestion can teach.
struct SuggestionSignals {
  std::string shipped;  ///< lineage of the shipped model that weighed
  std::string regime;
  std::vector<WeighedPair> pairs;  ///< the best three, and what was proposed
};
BOOST_DESCRIBE_STRUCT(SuggestionSignals, (), (shipped, regime, pairs))

enum class Decision { open, accepted, changed, rejected };
BOOST_DESCRIBE_ENUM(Decision, open, accepted, changed, rejected)

struct Suggestion {
  int64_t number = 0, table_number = 0;
  std::string source_column, target_column;
  double confidence = 0;  ///< as the model said; see Recalibrated for what is shown
  bool sure = false;      ///< needs no look, by the model
  SuggestionDetails details;
  std::string sealed;   ///< the details as they are stored
  std::string signals;  ///< packed SuggestionSignals; written, not read back with the rest
  Decision decision = Decision::open;
  std::string decided_target, decided_expr, decided_by, decided_by_name;
  std::optional<Micros> decided_at;
};

/// A decision as experience: what the model said of the pair, and whether it was right.
struct Experience {
  std::string model_id, regime;
  double confidence = 0;
  bool right = false;
  uint64_t draw = 0;  ///< a number that the pair has for ever: what is held out is drawn by it
};

/// The same with all that can be learned from it.
struct Lesson {
  Experience experience;
  Decision decision = Decision::open;
  std::string target_column, decided_target;
  std::string signals;  ///< packed; empty: of an earlier version
};

}  // namespace migrateiq::ml
