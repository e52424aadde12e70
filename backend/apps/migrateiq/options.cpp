#include "apps/migrateiq/options.hpp"

#include <CLI/CLI.hpp>

namespace migrateiq::cli {

namespace {

std::string Braced(const std::vector<std::string>& choices) { return CLI::detail::join(choices, "|"); }

}  // namespace

void Options::Positional(const char* name, std::string& out, const std::string& text, bool required) {
  app_.add_option(name, out, text)->required(required)->type_name("");
}

void Options::Positional(const char* name, std::vector<std::string>& out, const std::string& text) {
  app_.add_option(name, out, text)->type_name("");
}

void Options::PositionalChoice(const char* name, std::string& out, const std::vector<std::string>& choices,
                               const std::string& text) {
  app_.add_option(name, out, text)
      ->required()
      ->check(CLI::IsMember(choices).description(""))
      ->type_name(Braced(choices));
}

void Options::Flag(const char* name, bool& out, const std::string& text) { app_.add_flag(name, out, text); }

void Options::Text(const char* name, std::optional<std::string>& out, const char* value, const std::string& text) {
  app_.add_option_function<std::string>(
          name, [&out](const std::string& given) { out = given; }, text)
      ->type_name(value);
}

void Options::Number(const char* name, std::optional<int64_t>& out, int64_t least, int64_t most,
                     const std::string& text) {
  app_.add_option_function<int64_t>(
          name, [&out](const int64_t& given) { out = given; }, text)
      ->check(CLI::Range(least, most).description(""))
      ->type_name("N");
}

void Options::Choice(const char* name, std::optional<std::string>& out, const std::vector<std::string>& choices,
                     const std::string& text) {
  app_.add_option_function<std::string>(
          name, [&out](const std::string& given) { out = given; }, text)
      ->check(CLI::IsMember(choices).description(""))
      ->type_name(Braced(choices));
}

void Options::List(const char* name, std::vector<std::string>& out, const char* value, const std::string& text) {
  app_.add_option(name, out, text)->delimiter(',')->type_size(1)->allow_extra_args(false)->type_name(value);
}

void Options::Repeated(const char* name, std::vector<std::string>& out, const char* value, const std::string& text) {
  app_.add_option(name, out, text)->type_size(1)->allow_extra_args(false)->type_name(value);
}

void Options::Example(const std::string& text) { app_.footer("\nExample:\n" + text); }

}  // namespace migrateiq::cli
