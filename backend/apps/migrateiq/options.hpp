#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}

namespace migrateiq::cli {

/// What a subcommand takes. A thin layer over the parser, so that only one source includes it.
class Options {
 public:
  explicit Options(CLI::App& app) : app_(app) {}

  void Positional(const char* name, std::string& out, const std::string& text, bool required = true);
  void Positional(const char* name, std::vector<std::string>& out, const std::string& text);
  /// `choices` are the only values allowed.
  void PositionalChoice(const char* name, std::string& out, const std::vector<std::string>& choices,
                        const std::string& text);
  void Flag(const char* name, bool& out, const std::string& text);
  void Text(const char* name, std::optional<std::string>& out, const char* value, const std::string& text);
  void Number(const char* name, std::optional<int64_t>& out, int64_t least, int64_t most, const std::string& text);
  void Choice(const char* name, std::optional<std::string>& out, const std::vector<std::string>& choices,
              const std::string& text);
  /// Values separated by commas; may be given several times.
  void List(const char* name, std::vector<std::string>& out, const char* value, const std::string& text);
  /// Whole values, one a time it is given.
  void Repeated(const char* name, std::vector<std::string>& out, const char* value, const std::string& text);
  /// What stands at the end of --help.
  void Example(const std::string& text);

 private:
  CLI::App& app_;
};

}  // namespace migrateiq::cli
