#include "pipeline/semantic/generate/words.hpp"

#include <algorithm>
#include <array>

#include "pipeline/semantic/detail/lists.hpp"

namespace migrateiq::generate {
namespace {

namespace lists = detail::lists;

bool IsOpen(std::string_view name) {
  constexpr std::array<std::string_view, 7> kOpen = {"first_name", "last_name", "occupation", "city",
                                                     "region",     "country",   "nationality"};
  return std::ranges::find(kOpen, name) != kOpen.end();
}

}  // namespace

const std::vector<Locale>& Locales() {
  static const std::vector<Locale> kLocales = {{"en_US", "en"}, {"en_GB", "en"}, {"de_DE", "de"}, {"fr_FR", "fr"},
                                               {"es_ES", "es"}, {"it_IT", "it"}, {"pt_BR", "pt"}, {"nl_NL", "nl"},
                                               {"pl_PL", "pl"}, {"sv_SE", "sv"}, {"tr_TR", "tr"}, {"zh_CN", "zh"},
                                               {"ja_JP", "ja"}, {"ko_KR", "ko"}};
  return kLocales;
}

WordSource::WordSource(Words words) {
  for (const char* text : {lists::person_words, lists::place_words, lists::code_words}) {
    for (lists::Section& section : lists::Parse(text)) {
      if (words == Words::kUnseen && IsOpen(section.name)) std::erase_if(section.words, lists::IsKept);
      if (section.words.size() > 1 || words == Words::kAll)
        lists_[{section.name, section.locale}] = std::move(section.words);
    }
  }
  for (lists::Section& section : lists::Parse(lists::column_names))
    names_[{section.name, section.locale}] = std::move(section.words);
}

const std::vector<std::string>& WordSource::List(std::string_view name, std::string_view language) const {
  for (const std::string_view wanted : {language, std::string_view("en"), std::string_view()}) {
    if (const auto found = lists_.find({std::string(name), std::string(wanted)}); found != lists_.end())
      return found->second;
  }
  static const std::vector<std::string> kNothing = {""};
  return kNothing;
}

const std::vector<std::string>& WordSource::ColumnNames(std::string_view kind, std::string_view language) const {
  const auto found = names_.find({std::string(kind), std::string(language)});
  return found != names_.end() ? found->second : names_.at({std::string(kind), "en"});
}

}  // namespace migrateiq::generate
