#include <fmt/format.h>
#include <fmt/ranges.h>

#include <boost/json.hpp>

#include "apps/migrateiq/application.hpp"
#include "apps/migrateiq/command.hpp"
#include "base/json_text.hpp"

namespace migrateiq::cli {

namespace {

using Table = std::vector<std::pair<std::string, std::vector<std::string>>>;

std::string Names(const Table& table) {
  std::vector<std::string> names;
  for (const auto& [name, options] : table) names.push_back(name);
  return fmt::format("{}", fmt::join(names, " "));
}

std::string Bash(const Table& table) {
  std::string text =
      "_migrateiq() {\n"
      "  local word=\"${COMP_WORDS[COMP_CWORD]}\" words=\"\"\n"
      "  if [ \"$COMP_CWORD\" -eq 1 ]; then words=\"" +
      Names(table) +
      " --help --version\"; fi\n"
      "  case \"${COMP_WORDS[1]}\" in\n";
  for (const auto& [name, options] : table) {
    text += fmt::format("    {}) [ \"$COMP_CWORD\" -gt 1 ] && words=\"{}\" ;;\n", name, fmt::join(options, " "));
  }
  return text +
         "  esac\n"
         "  COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
         "  [ -n \"${COMPREPLY[*]}\" ] || COMPREPLY=($(compgen -f -- \"$word\"))\n"
         "}\n"
         "complete -F _migrateiq migrateiq\n";
}

std::string Zsh(const Table& table) { return "autoload -U +X bashcompinit && bashcompinit\n" + Bash(table); }

std::string Fish(const Table& table) {
  std::string text;
  for (const auto& [name, options] : table) {
    text += "complete -c migrateiq -n __fish_use_subcommand -a " + name + "\n";
    for (const std::string& option : options) {
      text += "complete -c migrateiq -n '__fish_seen_subcommand_from " + name + "' -l " + option.substr(2) + "\n";
    }
  }
  return text;
}

class Completion : public Command {
 public:
  const char* name() const override { return "completion"; }
  const char* summary() const override { return "Print a completion script for a shell"; }

  void Declare(Options& options) override {
    options.PositionalChoice("SHELL", shell_, {"bash", "zsh", "fish"}, "Which shell");
    options.Example("  migrateiq completion bash > ~/.local/share/bash-completion/completions/migrateiq");
  }

  bool MayBeRemote() const override { return false; }

  int Run(const Console& console) override {
    const Table table = CommandOptions();
    const std::string script = shell_ == "fish" ? Fish(table) : shell_ == "zsh" ? Zsh(table) : Bash(table);
    console.Result(JsonText(boost::json::object{{"shell", shell_}, {"script", script}}), script);
    return 0;
  }

 private:
  std::string shell_;
};

}  // namespace

CommandPtr MakeCompletion() { return std::make_unique<Completion>(); }

}  // namespace migrateiq::cli
