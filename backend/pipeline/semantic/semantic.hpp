#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace migrateiq {

/// What is known of a column when its meaning is asked for. Only `values` and `name` carry much; the rest may be empty.
struct ColumnSample {
  std::string_view name;
  std::string_view table;
  std::string_view type;  ///< as the source declares it
  std::string_view comment;
  std::span<const std::string_view> values;      ///< sampled, not null, as text; 200 to 1,000 are plenty
  uint64_t rows = 0;                             ///< of the table; 0: not known
  uint64_t distinct = 0;                         ///< of the column; 0: not known
  std::span<const std::string_view> neighbours;  ///< names of the other columns of the table
};

/// Why a value is protected. All but kNone are PII or secrets.
enum class Sensitivity : uint8_t {
  kNone,
  kPersonal,         ///< relates to a person (GDPR art. 4)
  kSpecialCategory,  ///< GDPR art. 9: health, belief, origin, opinion, orientation
  kCredential,       ///< opens something: passwords, keys, tokens
  kFinancial,        ///< money of a person or firm: accounts, cards, pay
};

/// "none", "personal", "special_category", "credential", "financial".
std::string_view ToString(Sensitivity sensitivity);

struct SemanticCandidate {
  std::string_view kind;              ///< id of a SemanticKind
  double confidence = 0;              ///< in [0, 1]
  std::vector<std::string> evidence;  ///< whole clauses: "197 of 200 values pass the Luhn check"
};

/// The meaning of a column. `kind` is empty when nothing reaches a confidence of one half; the candidates still tell
/// what came near.
struct SemanticGuess {
  std::string_view kind;
  std::string_view group;
  bool is_pii = false;
  Sensitivity sensitivity = Sensitivity::kNone;
  double confidence = 0;
  std::vector<std::string> evidence;
  std::string_view mask;                      ///< the mask that would keep the format; empty: none is needed
  std::vector<SemanticCandidate> candidates;  ///< the best three, best first

  explicit operator bool() const { return !kind.empty(); }
};

/// One of the meanings that can be told. `id` never changes: reports, plans and APIs carry it.
struct SemanticKind {
  std::string_view id;
  std::string_view group;
  Sensitivity sensitivity = Sensitivity::kNone;
  std::string_view mask;
  std::string_view title;
};

/// All of them, in the order of kinds.def; docs/pii.md is made from the same table.
std::span<const SemanticKind> SemanticKinds();

/// Null when there is no such kind.
const SemanticKind* FindSemanticKind(std::string_view id);

/// What the column means, from its name and its values. Any bytes are fine. Up to a quarter of the values may be noise;
/// numbers that are only numbers get no meaning unless a check digit, met far above chance, or a name gives them one.
/// Thread-safe; about a millisecond for 1,000 values.
SemanticGuess Detect(const ColumnSample& column);

}  // namespace migrateiq
