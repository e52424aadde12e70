#include "pipeline/match/train/generator.hpp"

#include <algorithm>
#include <set>
#include <sstream>

#include "pipeline/match/train/dice.hpp"
#include "pipeline/match/train/value_maker.hpp"
#include "pipeline/match/words.hpp"

namespace migrateiq::match {

namespace {

struct Concept {
  std::vector<std::string> words;
  std::string kind;
};

struct Blueprint {
  std::vector<std::string> table;
  std::vector<Concept> columns;
};

std::vector<std::string> Fields(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> fields;
  for (std::string field; stream >> field;) fields.push_back(field);
  return fields;
}

std::vector<Blueprint> ReadBlueprints(std::string_view text) {
  std::vector<Blueprint> blueprints;
  std::istringstream stream{std::string(text)};
  for (std::string line; std::getline(stream, line);) {
    const size_t colon = line.find(": ");
    if (line.starts_with('#') || colon == std::string::npos) continue;
    Blueprint blueprint{.table = Fields(line.substr(0, colon)), .columns = {}};
    std::istringstream columns(line.substr(colon + 2));
    for (std::string part; std::getline(columns, part, '|');) {
      const size_t hash = part.find('#');
      std::string kind = part.substr(hash + 1);
      while (kind.ends_with(' ')) kind.pop_back();
      blueprint.columns.push_back({Fields(part.substr(0, hash)), kind});
    }
    blueprints.push_back(std::move(blueprint));
  }
  return blueprints;
}

std::string WithoutVowels(const std::string& word) {
  std::string brief(1, word[0]);
  for (const char c : word.substr(1))
    if (!std::string_view("aeiou").contains(c) && brief.back() != c) brief += c;
  return brief;
}

std::string Abbreviated(const std::string& word, Dice& dice) {
  if (word.size() < 4 || IsWideScript(word)) return word;
  switch (dice.Between(0, 3)) {
    case 0: return WithoutVowels(word);
    case 1: return word.substr(0, 3);
    case 2: return word.substr(0, 4);
    default: return WithoutVowels(word).substr(0, 4);
  }
}

/// Names that one system gives.
class Namer {
 public:
  Namer(const Lexicon& lexicon, const NameHabit& habit, Dice& dice) : lexicon_(lexicon), habit_(habit), dice_(dice) {}

  std::string Name(const std::vector<std::string>& concept_words) {
    std::vector<std::string> words = Coded(concept_words);
    if (words.empty()) {
      for (const std::string& word : concept_words) words.push_back(Word(word));
      if (words.size() == 2 && dice_.Chance(habit_.reorder)) std::swap(words[0], words[1]);
    }
    if (!habit_.prefix.empty()) words.insert(words.begin(), habit_.prefix);
    std::string name = Cased(words);
    if (name.size() > habit_.longest) name.resize(habit_.longest);
    return name;
  }

 private:
  std::vector<std::string> Coded(const std::vector<std::string>& words) {
    if (!dice_.Chance(habit_.codes)) return {};
    std::vector<Head> heads;
    for (const std::string& word : words) heads.push_back(lexicon_.HeadOf(word));
    const std::vector<std::string> codes = lexicon_.CodesFor(heads);
    return codes.empty() ? std::vector<std::string>() : std::vector<std::string>{dice_.Pick(codes)};
  }

  std::string Word(std::string word) {
    Head head = lexicon_.HeadOf(word);
    if (head != kNoHead && dice_.Chance(habit_.synonyms) && !lexicon_.near(head).empty())
      head = dice_.Pick(lexicon_.near(head));
    if (head != kNoHead)
      word = dice_.Chance(habit_.forms) ? dice_.Pick(lexicon_.forms(head)) : Squeeze(lexicon_.text(head));
    return dice_.Chance(habit_.abbreviations) ? Abbreviated(word, dice_) : word;
  }

  std::string Cased(const std::vector<std::string>& words) const {
    using Case = NameHabit::Case;
    std::string name;
    for (const std::string& word : words) {
      const bool apart = habit_.name_case == Case::kSnake || habit_.name_case == Case::kUpperSnake;
      if (!name.empty() && apart) name += '_';
      if (!name.empty() && habit_.name_case == Case::kSpaces) name += ' ';
      const size_t begin = name.size();
      name += word;
      const bool capital = habit_.name_case == Case::kPascal || habit_.name_case == Case::kSpaces ||
                           (habit_.name_case == Case::kCamel && begin > 0);
      for (size_t i = begin; i < name.size(); ++i)
        if (name[i] >= 'a' && name[i] <= 'z' &&
            (habit_.name_case == Case::kUpper || habit_.name_case == Case::kUpperSnake || (capital && i == begin)))
          name[i] = static_cast<char>(name[i] - 32);
    }
    return name;
  }

  const Lexicon& lexicon_;
  const NameHabit& habit_;
  Dice& dice_;
};

NameHabit MakeNameHabit(Dice& dice, const std::string& table) {
  NameHabit habit;
  habit.name_case = static_cast<NameHabit::Case>(dice.Between(0, 6));
  switch (dice.Between(0, 5)) {
    case 0: break;  // plain
    case 1: habit.synonyms = 0.35; break;
    case 2:
      habit.abbreviations = 0.6;
      habit.forms = 0.2;
      break;
    case 3:
      habit.forms = 0.7;
      habit.synonyms = 0.1;
      break;
    case 4:
      habit.codes = 0.7;
      habit.abbreviations = 0.5;
      habit.forms = 0.3;
      habit.name_case = NameHabit::Case::kUpper;
      habit.longest = dice.Chance(0.5) ? 10 : 64;
      break;
    default:
      habit.synonyms = 0.2;
      habit.forms = 0.3;
      habit.abbreviations = 0.2;
  }
  habit.reorder = dice.Chance(0.3) ? 0.3 : 0.0;
  if (dice.Chance(0.15)) habit.prefix = table.substr(0, static_cast<size_t>(dice.Between(1, 4)));
  return habit;
}

ValueHabit MakeValueHabit(Dice& dice) {
  ValueHabit habit;
  habit.date_format = static_cast<int>(dice.Between(0, 5));
  habit.bool_format = static_cast<int>(dice.Between(0, 4));
  habit.cents = dice.Chance(0.1);
  habit.upper = dice.Chance(0.12);
  habit.recoded = dice.Chance(0.25);
  habit.noise = dice.Chance(0.4) ? 0.3 * dice.Share() : 0;
  habit.nulls = dice.Chance(0.5) ? 0.4 * dice.Share() : 0;
  return habit;
}

struct Side {
  MatchTable table;
  std::vector<size_t> concepts;  ///< of each column: its place in the blueprint
};

struct Shared {
  const Blueprint& blueprint;
  const std::vector<ValueSource>& sources;
  const Lexicon& lexicon;
  int rows;
  uint64_t seed;  ///< of the rows that both have
  double overlap;
  bool declared;  ///< share of rows that both have
};

/// What a system that declares types would declare.
TypeClass TypeOf(const std::string& kind, const ValueHabit& habit) {
  static const std::set<std::string> whole = {"seq", "int", "small", "year", "age"};
  static const std::set<std::string> broken = {"money", "percent", "measure", "rate", "lat", "lon", "temp"};
  if (whole.contains(kind)) return TypeClass::kInteger;
  if (broken.contains(kind)) return TypeClass::kDecimal;
  if (kind == "date") return habit.date_format == 0 ? TypeClass::kDate : TypeClass::kText;
  if (kind == "stamp" && habit.date_format == 3) return TypeClass::kInteger;
  if (kind == "stamp") return habit.date_format == 0 ? TypeClass::kTimestamp : TypeClass::kText;
  if (kind == "flag" && habit.bool_format < 2) return habit.bool_format == 0 ? TypeClass::kBool : TypeClass::kInteger;
  return TypeClass::kText;
}

void Declare(const Concept& concept_of, bool key, const ValueHabit& habit, MatchColumn& column) {
  column.type = TypeOf(concept_of.kind.substr(0, concept_of.kind.find(':')), habit);
  column.key = column.unique = key;
  column.foreign = !key && concept_of.kind == "int" && concept_of.words.back() == "identifier";
}

Side MakeSide(const Shared& shared, const std::vector<size_t>& concepts, uint64_t side, Dice& dice) {
  Side made{.table = {.name = shared.blueprint.table.back(), .columns = {}}, .concepts = concepts};
  const NameHabit names = MakeNameHabit(dice, shared.blueprint.table.front());
  const ValueHabit values = MakeValueHabit(dice);
  const bool keyed = Dice(shared.seed ^ side * 77).Chance(0.6);
  Namer namer(shared.lexicon, names, dice);
  for (const size_t at : concepts) {
    MatchColumn& column = made.table.columns.emplace_back();
    column.name = namer.Name(shared.blueprint.columns[at].words);
    if (shared.declared) Declare(shared.blueprint.columns[at], keyed && at == 0, values, column);
    for (int row = 0; row < shared.rows; ++row) {
      const bool both = Dice(shared.seed ^ static_cast<uint64_t>(row)).Chance(shared.overlap);
      const uint64_t seed = StableHash(std::to_string(row), shared.seed + at * 1000003 + (both ? 0 : side));
      std::string value = MakeValue(shared.sources[at], seed, values);
      column.values.push_back(value.empty() ? std::nullopt : std::optional(std::move(value)));
    }
  }
  return made;
}

std::vector<size_t> Choose(size_t count, double keep, bool shuffle, Dice& dice) {
  std::vector<size_t> chosen;
  for (size_t i = 0; i < count; ++i)
    if (dice.Chance(keep)) chosen.push_back(i);
  if (shuffle) dice.Shuffle(chosen);
  return chosen;
}

/// Columns of two sides with one name cannot be told apart: the later one is left out.
void DropTwins(Side& side) {
  for (size_t i = 0; i < side.concepts.size();) {
    const auto& columns = side.table.columns;
    const bool twin = std::any_of(columns.begin(), columns.begin() + static_cast<std::ptrdiff_t>(i),
                                  [&](const MatchColumn& other) { return other.name == columns[i].name; });
    if (!twin) {
      ++i;
      continue;
    }
    side.table.columns.erase(side.table.columns.begin() + static_cast<std::ptrdiff_t>(i));
    side.concepts.erase(side.concepts.begin() + static_cast<std::ptrdiff_t>(i));
  }
}

LabelledPair MakePair(const Blueprint& blueprint, const Lexicon& lexicon, int rows, uint64_t seed) {
  Dice dice(seed);
  std::vector<ValueSource> sources;
  for (const Concept& column : blueprint.columns) sources.push_back(MakeSource(column.kind, dice));
  const Shared shared{blueprint,
                      sources,
                      lexicon,
                      rows,
                      dice.Next(),
                      dice.Chance(0.4) ? dice.Share() : 0.0,
                      Dice(seed ^ 0xDEC1A).Chance(0.5)};
  // One throw a statement: compilers evaluate arguments in different orders.
  const double keep_source = 0.45 + 0.5 * dice.Share();
  const bool reorder_source = dice.Chance(0.5);
  Side source = MakeSide(shared, Choose(blueprint.columns.size(), keep_source, reorder_source, dice), 1, dice);
  const double keep_target = 0.45 + 0.5 * dice.Share();
  const bool reorder_target = dice.Chance(0.5);
  Side target = MakeSide(shared, Choose(blueprint.columns.size(), keep_target, reorder_target, dice), 2, dice);
  DropTwins(source);
  DropTwins(target);
  LabelledPair pair{.name = {}, .family = "generated", .source = source.table, .target = target.table, .truth = {}};
  for (size_t i = 0; i < source.concepts.size(); ++i)
    for (size_t j = 0; j < target.concepts.size(); ++j)
      if (source.concepts[i] == target.concepts[j]) pair.truth.emplace(i, j);
  return pair;
}

}  // namespace

std::vector<LabelledPair> GeneratePairs(std::string_view tables, const Lexicon& lexicon,
                                        const GeneratorOptions& options) {
  const std::vector<Blueprint> blueprints = ReadBlueprints(tables);
  std::vector<LabelledPair> pairs;
  for (int i = 0; i < options.pairs; ++i) {
    const Blueprint& blueprint = blueprints[static_cast<size_t>(i) % blueprints.size()];
    LabelledPair pair = MakePair(blueprint, lexicon, options.rows, options.seed * 7919 + static_cast<uint64_t>(i));
    pair.name = "generated__" + std::to_string(i);
    if (pair.truth.size() >= 2) pairs.push_back(std::move(pair));
  }
  return pairs;
}

}  // namespace migrateiq::match
