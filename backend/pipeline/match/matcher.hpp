#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pipeline/match/acceptance.hpp"
#include "pipeline/match/model.hpp"
#include "pipeline/match/table.hpp"

/// Which columns of two tables are the same, how sure that is, and why.
namespace migrateiq::match {

/// A part of the model that speaks for or against a pair.
struct Evidence {
  std::string signal;  ///< name, values, type, key, comment, rival
  double score = 0;    ///< in [0, 1]: by this signal alone
  std::string text;    ///< for people
};

/// How the target's values are made from the source's.
struct Transformation {
  std::string kind;             ///< split, join, date_format, unit, code_list, case, flag
  std::vector<size_t> sources;  ///< source columns it reads
  std::string expr;             ///< DuckDB SQL over the source row
  std::string text;             ///< for people
  double confidence = 0;
  double verified = -1;  ///< share of the sample's values on which it holds; -1: nothing to try it on
};

/// What a model weighed of a pair, to learn from.
struct Weighed {
  double score = 0;  ///< log-odds before calibration, without a correction
  Features terms;    ///< see CorrectionTerms
};

struct Match {
  size_t source = 0, target = 0;
  double confidence = 0;
  Regime regime = Regime::kBoth;
  bool accepted = false;           ///< sure enough to need no look
  std::vector<Evidence> evidence;  ///< strongest first
  std::optional<Transformation> transformation;
  Weighed weighed;  ///< when MatchOptions::keep_weighed
};

struct Candidate {
  size_t target = 0;
  double confidence = 0;
  Weighed weighed;  ///< of the first MatchOptions::keep_weighed
};

/// A target column that is made from source columns although it is matched with none of them.
struct Derived {
  size_t target = 0;
  Transformation transformation;
};

struct MatchResult {
  std::vector<Match> matches;                  ///< one to one, best first
  std::vector<std::vector<Candidate>> ranked;  ///< for each source column all targets, best first
  std::vector<Derived> derived;                ///< best first
};

/// A decision of a person about a pair of columns.
struct Answer {
  std::string source, target;
  bool right = false;
};

struct MatchOptions {
  const Model* model = nullptr;  ///< null: the shipped one
  std::vector<Answer> answers;   ///< about columns of these tables: they decide their pairs
  /// Decisions of the same project, about any tables. Together with `answers` they set how sure the others are, and
  /// whether any need no look.
  std::vector<Experienced> experience;
  bool use_names = true, use_values = true;
  size_t keep_weighed = 0;  ///< of so many candidates of each column, and of what is proposed
};

MatchResult MatchTables(const MatchTable& source, const MatchTable& target, const MatchOptions& options);

}  // namespace migrateiq::match
