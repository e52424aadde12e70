#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "pipeline/semantic/detail/vocabulary.hpp"

namespace migrateiq::detail {

/// How well the name of a column speaks for a kind.
struct NameMatch {
  double score = 0;         ///< 1: it is one of the kind's names; 0: nothing
  std::string_view phrase;  ///< the name that it was compared with, folded
  bool shortened = false;   ///< it was recognised as an abbreviation
};

/// What a column's exact name stands for in some language.
struct NamedKind {
  size_t kind = 0;
  std::string_view language;
};

/// The names that columns of each kind have. Immutable: any number of threads.
class NameTable {
 public:
  /// kHalf: without the names that generators of evaluation data keep for themselves (see lists::IsRareName).
  explicit NameTable(Knowledge knowledge);

  /// One for each kind in the order of kinds.def, and last that of names which mean no kind.
  std::vector<NameMatch> Match(std::string_view column, std::string_view table) const;
  /// What an exact name stands for; for columns beside the one that is looked at.
  const std::vector<NamedKind>& Exact(std::string_view column) const;

 private:
  struct Phrase {
    size_t kind;
    std::vector<std::string> tokens;
    std::string joined;
  };

  void Add(size_t kind, const std::string& language, std::string_view text);
  void MatchTokens(const std::vector<std::string>& tokens, double weight, std::vector<NameMatch>& best) const;
  const std::string& Language(const std::string& language);

  std::vector<Phrase> phrases_;
  std::unordered_map<std::string, std::vector<NamedKind>> exact_;
  std::unordered_map<std::string, std::string> languages_;
};

const NameTable& WholeNameTable();

/// "custEMailAddr_1" -> cust, e, mail, addr; folded, without digits that stand alone.
std::vector<std::string> NameTokens(std::string_view name);

}  // namespace migrateiq::detail
