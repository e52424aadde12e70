#include "pipeline/assess/detail/names_in_code.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

namespace migrateiq::assess {

namespace {

constexpr std::array<std::string_view, 10> kBeforeRelation = {
    "from", "join", "into", "update", "table", "truncate", "references", "straight_join", "only", "lateral"};
/// What ends a list of tables, so that a comma after it separates other things.
constexpr std::array<std::string_view, 12> kAfterRelations = {"where", "group", "order",  "having", "limit", "set",
                                                              "union", "on",    "values", "using",  "do",    "begin"};

bool IsWord(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return std::isalnum(byte) != 0 || c == '_' || c == '$' || byte >= 0x80;
}

std::string Lower(std::string_view text) {
  std::string lower;
  for (const char c : text) lower += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return lower;
}

bool IsOneOf(const auto& words, std::string_view word) { return std::ranges::find(words, word) != words.end(); }

/// The words of the text, one after the other.
class Words {
 public:
  explicit Words(std::string_view sql) : sql_(sql) {}

  struct Word {
    std::string text;  ///< a name, or one sign
    bool quoted = false, name = false;
  };

  std::optional<Word> Next() {
    while (at_ < sql_.size() && SkipQuiet()) continue;
    if (at_ >= sql_.size()) return std::nullopt;
    const char c = sql_[at_];
    if (c == '"' || c == '`') return Quoted(c);
    if (c == '[') return Quoted(']');
    if (!IsWord(c)) return Word{.text = std::string(1, sql_[at_++])};
    const size_t from = at_;
    while (at_ < sql_.size() && IsWord(sql_[at_])) ++at_;
    return Word{.text = Lower(sql_.substr(from, at_ - from)), .name = true};
  }

 private:
  void SkipPast(std::string_view end, size_t from) {
    const size_t found = sql_.find(end, from);
    at_ = found == std::string_view::npos ? sql_.size() : found + end.size();
  }

  /// Blanks, comments, texts.
  bool SkipQuiet() {
    const size_t before = at_;
    const std::string_view rest = sql_.substr(at_);
    if (std::isspace(static_cast<unsigned char>(rest[0])) != 0)
      ++at_;
    else if (rest[0] == '\'')
      SkipPast("'", at_ + 1);
    else if (rest.starts_with("--"))
      SkipPast("\n", at_);
    else if (rest.starts_with("/*"))
      SkipPast("*/", at_ + 2);
    return at_ > before;
  }

  Word Quoted(char end) {
    const size_t from = at_ + 1;
    SkipPast(std::string_view(&end, 1), from);
    const size_t length = at_ > from ? at_ - from - 1 : 0;
    return {.text = Lower(sql_.substr(from, length)), .quoted = true, .name = true};
  }

  std::string_view sql_;
  size_t at_ = 0;
};

/// Decides of each name by what stood before it, and what follows.
class Collector {
 public:
  explicit Collector(bool on) : on_(on) {}

  CodeNames Collect(std::string_view sql) {
    Words words(sql);
    while (const auto word = words.Next()) Take(*word);
    EndName("");
    return std::move(names_);
  }

 private:
  void Take(const Words::Word& word) {
    if (word.text == "." && !word.quoted && !name_.empty()) {
      open_ = true;
      return;
    }
    if (!word.name) return Sign(word.text);
    if (open_) {
      name_.push_back(word.text);
      open_ = false;
      return;
    }
    EndName("");
    if (!word.quoted && Keyword(word.text)) return;
    name_ = {word.text};
    expected_ = wanted_;
    wanted_ = false;
  }

  void Sign(const std::string& sign) {
    EndName(sign);
    if (sign == "," && listing_) wanted_ = true;
    if (sign == ";") listing_ = wanted_ = false;
    if (sign != "(" && sign != ",") wanted_ = false;
  }

  /// Words that say what the next name is.
  bool Keyword(const std::string& word) {
    const bool before = IsOneOf(kBeforeRelation, word) || (on_ && word == "on");
    if (before) {
      wanted_ = true;
      listing_ = listing_ || word == "from" || word == "update";
      return true;
    }
    if (word == "call") {
      called_ = true;
      return true;
    }
    if (!IsOneOf(kAfterRelations, word) && word != "select") return false;
    listing_ = wanted_ = false;
    return true;
  }

  void EndName(const std::string& sign) {
    if (name_.empty()) return;
    if (sign == "(" || called_) Add(names_.calls);
    if (expected_) Add(names_.relations);
    called_ = expected_ = open_ = false;
    name_.clear();
  }

  void Add(std::vector<CodeName>& to) const {
    if (!IsOneOf(to, name_)) to.push_back(name_);
  }
  static bool IsOneOf(const std::vector<CodeName>& names, const CodeName& name) {
    return std::ranges::find(names, name) != names.end();
  }
  static bool IsOneOf(const auto& words, const std::string& word) { return assess::IsOneOf(words, word); }

  CodeNames names_;
  CodeName name_;  ///< being read
  bool on_;
  bool open_ = false;                       ///< its next part follows
  bool wanted_ = false, expected_ = false;  ///< the next name, this name is of a relation
  bool listing_ = false;                    ///< a comma separates relations
  bool called_ = false;
};

}  // namespace

CodeNames NamesInCode(std::string_view sql, bool on) { return Collector(on).Collect(sql); }

}  // namespace migrateiq::assess
