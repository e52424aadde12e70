#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

/// What the words of column names mean: lexicon/*.txt, embedded in the program.
namespace migrateiq::match {

/// What kind of thing a column with this last word holds.
enum class Role : uint8_t {
  kNone,
  kId,
  kNumber,
  kCode,
  kName,
  kText,
  kDate,
  kTime,
  kKind,
  kMoney,
  kCount,
  kFlag,
  kPerson,
  kAddress,
  kPhone,
  kEmail,
  kUrl,
  kQualifier
};
inline constexpr int kRoles = 18;

using Head = uint16_t;
inline constexpr Head kNoHead = 0xFFFF;

/// One meaning of a word: the concepts it says, in order ("kunnr" says customer, number).
struct Sense {
  std::vector<Head> heads;
  bool own = false;  ///< the word is the concept's own name, not a form of it
};

/// Read-only after it was made.
class Lexicon {
 public:
  static const Lexicon& Shipped();
  /// From texts in the format of lexicon/general.txt and, for `codes`, of lexicon/codes.txt.
  static Lexicon Parse(const std::vector<std::string_view>& concepts, std::string_view codes);
  /// A copy in which a share of the forms and relations is unknown: training sees the gaps that the world will have.
  Lexicon Thinned(uint64_t seed, double share) const;

  /// The meanings of a folded word; plurals and other endings are understood. Null when it is unknown.
  const std::vector<Sense>* Find(std::string_view word) const;
  /// The words that an unknown word is joined from ("kundennummer" -> kunden, nummer); itself when it is known or no
  /// split is convincing.
  std::vector<std::string> Segment(std::string_view word) const;

  /// 1 the same concept, 0.75 near, 0.45 related, 0.35 with a common near concept, 0 otherwise.
  double Relation(Head a, Head b) const;
  bool Opposite(Head a, Head b) const;
  Role role(Head head) const { return entries_[head].role; }
  const std::string& text(Head head) const { return entries_[head].text; }
  size_t size() const { return entries_.size(); }
  /// All forms of a concept, its own name first; for making names.
  const std::vector<std::string>& forms(Head head) const { return entries_[head].forms; }
  const std::vector<Head>& near(Head head) const { return entries_[head].near; }
  Head HeadOf(std::string_view name) const;  ///< kNoHead when it is no concept's own name
  /// The codes of codes.txt that say these concepts.
  std::vector<std::string> CodesFor(const std::vector<Head>& heads) const;

 private:
  struct Entry {
    std::string text;
    Role role = Role::kNone;
    std::vector<std::string> forms;
    std::vector<Head> near, related, opposite;
  };
  Head Make(std::string_view name);
  void ParseLine(std::string_view line);
  void ParseCode(std::string_view line);
  void AddForm(Head head, std::string_view form);
  void Mirror();
  const std::vector<Sense>* FindExact(std::string_view word) const;
  double PieceCost(std::string_view piece, bool first, bool last) const;

  std::vector<Entry> entries_;
  std::unordered_map<std::string, Head> heads_;
  std::unordered_map<std::string, std::vector<Sense>> senses_;
};

}  // namespace migrateiq::match
