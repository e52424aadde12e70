#include "pipeline/match/lexicon.hpp"

#include <algorithm>
#include <array>

#include "pipeline/match/embedded.hpp"
#include "pipeline/match/words.hpp"

namespace migrateiq::match {

namespace {

constexpr std::array<std::pair<std::string_view, Role>, 17> kRoleNames = {{
    {"@id", Role::kId},
    {"@num", Role::kNumber},
    {"@code", Role::kCode},
    {"@name", Role::kName},
    {"@text", Role::kText},
    {"@date", Role::kDate},
    {"@time", Role::kTime},
    {"@kind", Role::kKind},
    {"@money", Role::kMoney},
    {"@count", Role::kCount},
    {"@flag", Role::kFlag},
    {"@person", Role::kPerson},
    {"@address", Role::kAddress},
    {"@phone", Role::kPhone},
    {"@email", Role::kEmail},
    {"@url", Role::kUrl},
    {"@qual", Role::kQualifier},
}};

Role RoleOf(std::string_view mark) {
  for (const auto& [name, role] : kRoleNames)
    if (name == mark) return role;
  return Role::kNone;
}

std::vector<std::string_view> Fields(std::string_view line) {
  std::vector<std::string_view> fields;
  for (size_t at = 0; at < line.size();) {
    const size_t begin = line.find_first_not_of(" \t", at);
    if (begin == std::string_view::npos) break;
    const size_t end = std::min(line.find_first_of(" \t", begin), line.size());
    fields.push_back(line.substr(begin, end - begin));
    at = end;
  }
  return fields;
}

template <class Each>
void EachLine(std::string_view text, const Each& each) {
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    if (!line.empty() && line[0] != '#') each(line);
    at = end + 1;
  }
}

void AddOnce(std::vector<Head>& heads, Head head) {
  if (std::ranges::find(heads, head) == heads.end()) heads.push_back(head);
}

bool Contains(const std::vector<Head>& heads, Head head) { return std::ranges::find(heads, head) != heads.end(); }

bool Dropped(std::string_view from, std::string_view to, uint64_t seed, double share) {
  const uint64_t hash = StableHash(to, StableHash(from, seed));
  return static_cast<double>(hash >> 11) / 9007199254740992.0 < share;
}

/// Short words that may stand at the end of a joined word.
constexpr std::string_view kShortEnds = " id nr no dt nm cd ts by at num qty amt cnt typ key pk tag ";

/// Endings that make another form of the same word, with what replaces them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 11> kEndings = {{{"ies", "y"},
                                                                                     {"es", ""},
                                                                                     {"s", ""},
                                                                                     {"ed", ""},
                                                                                     {"ed", "e"},
                                                                                     {"ing", ""},
                                                                                     {"ing", "e"},
                                                                                     {"en", ""},
                                                                                     {"n", ""},
                                                                                     {"er", ""},
                                                                                     {"al", ""}}};

}  // namespace

const Lexicon& Lexicon::Shipped() {
  static const Lexicon lexicon = Parse(embedded::LexiconConcepts(), embedded::LexiconCodes());
  return lexicon;
}

Lexicon Lexicon::Parse(const std::vector<std::string_view>& concepts, std::string_view codes) {
  Lexicon lexicon;
  for (const std::string_view text : concepts) EachLine(text, [&](std::string_view line) { lexicon.ParseLine(line); });
  EachLine(codes, [&](std::string_view line) { lexicon.ParseCode(line); });
  lexicon.Mirror();
  return lexicon;
}

Head Lexicon::Make(std::string_view name) {
  const auto [place, added] = heads_.try_emplace(std::string(name), static_cast<Head>(entries_.size()));
  if (added) {
    entries_.emplace_back().text = name;
    AddForm(place->second, name);
  }
  return place->second;
}

Head Lexicon::HeadOf(std::string_view name) const {
  const auto found = heads_.find(std::string(name));
  return found == heads_.end() ? kNoHead : found->second;
}

void Lexicon::AddForm(Head head, std::string_view form) {
  const std::string folded = Squeeze(form);
  if (folded.empty()) return;
  Entry& entry = entries_[head];
  if (std::ranges::find(entry.forms, folded) != entry.forms.end()) return;
  const bool own = entry.forms.empty();
  entry.forms.push_back(folded);
  senses_[folded].push_back({.heads = {head}, .own = own});
}

void Lexicon::ParseLine(std::string_view line) {
  const std::vector<std::string_view> fields = Fields(line);
  const Head head = Make(fields[0]);
  std::string_view mode;
  for (const std::string_view field : std::vector(fields.begin() + 1, fields.end())) {
    if (field == "~" || field == "~~" || field == "!") {
      mode = field;
    } else if (field[0] == '@') {
      entries_[head].role = RoleOf(field);
    } else if (mode.empty()) {
      AddForm(head, field);
    } else {
      const Head other = Make(field);
      Entry& entry = entries_[head];
      if (other != head) AddOnce(mode == "~" ? entry.near : mode == "!" ? entry.opposite : entry.related, other);
    }
  }
}

void Lexicon::ParseCode(std::string_view line) {
  const size_t equals = line.find('=');
  if (equals == std::string_view::npos) return;
  Sense sense;
  for (const std::string_view word : Fields(line.substr(equals + 1))) {
    const std::vector<Sense>* known = FindExact(Squeeze(word));
    if (heads_.contains(std::string(word)) || known == nullptr)
      sense.heads.push_back(Make(word));
    else
      sense.heads.push_back(known->front().heads.front());
  }
  const std::string_view name = Fields(line.substr(0, equals)).front();
  const Head composed = HeadOf(name);
  if (composed == kNoHead) {
    senses_[Squeeze(name)].insert(senses_[Squeeze(name)].begin(), sense);
    return;
  }
  // All forms of a concept that is made of others say these.
  for (const std::string& form : entries_[composed].forms)
    for (Sense& old : senses_[form])
      if (old.heads.size() == 1 && old.heads[0] == composed) old.heads = sense.heads;
}

void Lexicon::Mirror() {
  for (size_t k = 0; k < entries_.size(); ++k) {
    const auto head = static_cast<Head>(k);
    for (const Head other : entries_[head].near) AddOnce(entries_[other].near, head);
    for (const Head other : entries_[head].related) AddOnce(entries_[other].related, head);
    for (const Head other : entries_[head].opposite) AddOnce(entries_[other].opposite, head);
  }
}

Lexicon Lexicon::Thinned(uint64_t seed, double share) const {
  Lexicon thin = *this;
  for (auto& [form, senses] : thin.senses_)
    std::erase_if(senses, [&](const Sense& sense) {
      return !sense.own && Dropped(form, text(sense.heads.front()), seed, share);
    });
  std::erase_if(thin.senses_, [](const auto& entry) { return entry.second.empty(); });
  for (Entry& entry : thin.entries_) {
    const auto unknown = [&](Head other) {
      const auto& [low, high] = std::minmax(entry.text, entries_[other].text);
      return Dropped(low, high, seed, share);
    };
    std::erase_if(entry.near, unknown);
    std::erase_if(entry.related, unknown);
  }
  return thin;
}

const std::vector<Sense>* Lexicon::FindExact(std::string_view word) const {
  const auto found = senses_.find(std::string(word));
  return found == senses_.end() ? nullptr : &found->second;
}

const std::vector<Sense>* Lexicon::Find(std::string_view word) const {
  if (const std::vector<Sense>* found = FindExact(word)) return found;
  for (const auto& [ending, replacement] : kEndings) {
    if (word.size() < ending.size() + 3 || !word.ends_with(ending)) continue;
    std::string stem(word.substr(0, word.size() - ending.size()));
    stem += replacement;
    if (stem.size() < 4 && ending != "s") continue;
    if (const std::vector<Sense>* found = FindExact(stem)) return found;
  }
  return nullptr;
}

double Lexicon::PieceCost(std::string_view piece, bool first, bool last) const {
  const double unknown = 1 + 0.55 * static_cast<double>(piece.size());
  if (IsWideScript(piece)) return FindExact(piece) != nullptr ? 1 : 1 + 1.2 * static_cast<double>(CountLetters(piece));
  if (piece.size() < 2) return unknown + 3;
  if (piece.size() == 2) {
    std::string padded(" ");
    padded += piece;
    padded += ' ';
    return last && kShortEnds.contains(padded) ? 2.0 : unknown + 3;
  }
  if (Find(piece) == nullptr) return piece.size() < 4 ? unknown + 1.5 : unknown;
  if (piece.size() == 3) return first || last ? 2.1 : 2.6;
  return piece.size() == 4 ? 1.2 : 1;
}

std::vector<std::string> Lexicon::Segment(std::string_view word) const {
  if (word.size() < 5 || word.size() > 48 || Find(word) != nullptr) return {std::string(word)};
  std::vector<double> best(word.size() + 1, 1e9);
  std::vector<size_t> from(word.size() + 1, 0);
  best[0] = 0;
  const auto inside = [&](size_t at) {
    return at < word.size() && (static_cast<unsigned char>(word[at]) & 0xC0) == 0x80;
  };
  for (size_t end = 1; end <= word.size(); ++end) {
    if (inside(end)) continue;
    for (size_t begin = end > 24 ? end - 24 : 0; begin < end; ++begin) {
      if (best[begin] > 1e8 || inside(begin)) continue;
      const double cost = best[begin] + PieceCost(word.substr(begin, end - begin), begin == 0, end == word.size());
      if (cost < best[end] - 1e-9) best[end] = cost, from[end] = begin;
    }
  }
  std::vector<std::string> pieces;
  for (size_t end = word.size(); end > 0; end = from[end]) pieces.emplace_back(word.substr(from[end], end - from[end]));
  std::ranges::reverse(pieces);
  return pieces;
}

double Lexicon::Relation(Head a, Head b) const {
  if (a == b) return 1;
  const Entry& entry = entries_[a];
  if (Contains(entry.opposite, b)) return 0;
  if (Contains(entry.near, b)) return 0.8;
  if (Contains(entry.related, b)) return 0.5;
  return std::ranges::any_of(entry.near, [&](Head shared) { return Contains(entries_[b].near, shared); }) ? 0.35 : 0;
}

bool Lexicon::Opposite(Head a, Head b) const { return Contains(entries_[a].opposite, b); }

std::vector<std::string> Lexicon::CodesFor(const std::vector<Head>& heads) const {
  std::vector<std::string> codes;
  for (const auto& [form, senses] : senses_)
    if (std::ranges::any_of(senses, [&](const Sense& sense) { return sense.heads.size() > 1 && sense.heads == heads; }))
      codes.push_back(form);
  std::ranges::sort(codes);
  return codes;
}

}  // namespace migrateiq::match
