#include "pipeline/match/embedded.hpp"

// The assembler copies the files into the program's read-only data. MIQ_MATCH_FOLDER and the dependence on the files
// come from CMakeLists.txt.
#define MIQ_EMBED(name, path)                             \
  asm(".pushsection .rodata\n"                            \
      ".global " #name                                    \
      "_begin\n"                                          \
      ".global " #name "_end\n" #name                     \
      "_begin:\n"                                         \
      ".incbin \"" MIQ_MATCH_FOLDER "/" path "\"\n" #name \
      "_end:\n.byte 0\n"                                  \
      ".popsection\n");                                   \
  extern "C" const char name##_begin[];                   \
  extern "C" const char name##_end[];

MIQ_EMBED(miq_match_general, "lexicon/general.txt")
MIQ_EMBED(miq_match_people, "lexicon/people.txt")
MIQ_EMBED(miq_match_business, "lexicon/business.txt")
MIQ_EMBED(miq_match_domains, "lexicon/domains.txt")
MIQ_EMBED(miq_match_codes, "lexicon/codes.txt")
MIQ_EMBED(miq_match_model, "model/model.txt")

namespace migrateiq::match::embedded {

namespace {

std::string_view Between(const char* begin, const char* end) { return {begin, static_cast<size_t>(end - begin)}; }

}  // namespace

std::vector<std::string_view> LexiconConcepts() {
  return {Between(miq_match_general_begin, miq_match_general_end),
          Between(miq_match_people_begin, miq_match_people_end),
          Between(miq_match_business_begin, miq_match_business_end),
          Between(miq_match_domains_begin, miq_match_domains_end)};
}

std::string_view LexiconCodes() { return Between(miq_match_codes_begin, miq_match_codes_end); }

std::string_view Model() { return Between(miq_match_model_begin, miq_match_model_end); }

}  // namespace migrateiq::match::embedded
