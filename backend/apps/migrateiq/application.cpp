#include "apps/migrateiq/application.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "apps/migrateiq/command.hpp"
#include "base/errors/run.hpp"
#include "base/nearest.hpp"

namespace migrateiq::cli {

namespace {

const std::vector<std::string> kLogLevels = {"trace", "debug", "info", "warn", "error", "off"};

/// The parser with all commands in it.
struct Parser {
  Parser() {
    app.require_subcommand(1);
    app.set_version_flag("--version", "migrateiq " MIQ_VERSION, "Print the version");
    app.set_help_flag("-h,--help", "Print this help");
    app.footer(
        "\nExample:\n  migrateiq copy 'mysql://etl:${SHOP_PASSWORD}@db/shop' 'postgresql://app:${PG_PASSWORD}@db/crm'");
    for (const CommandPtr& command : commands) {
      CLI::App* sub = app.add_subcommand(command->name(), command->summary());
      sub->set_help_flag("-h,--help", "Print this help");
      Options options(*sub);
      command->Declare(options);
      AddGlobals(*sub);
      if (command->MayBeRemote()) AddPlace(*sub);
    }
  }

  void AddGlobals(CLI::App& sub) {
    sub.add_flag("--json", globals.json, "One JSON document on stdout")->group("Output and state");
    sub.add_flag("-q,--quiet", globals.quiet, "No progress and no remarks on stderr")->group("Output and state");
    sub.add_option("--log-level", globals.log_level, "How much is logged on stderr")
        ->check(CLI::IsMember(kLogLevels).description(""))
        ->type_name(CLI::detail::join(kLogLevels, "|"))
        ->group("Output and state");
    sub.add_option("--state", globals.state, "Where runs are remembered (default: $XDG_STATE_HOME/migrateiq)")
        ->type_name("DIR")
        ->group("Output and state");
  }

  void AddPlace(CLI::App& sub) {
    sub.add_option(
           "--server", globals.server,
           "Work against this server (default: $MIGRATEIQ_SERVER, else that of the last login; `local`: this machine)")
        ->type_name("URL")
        ->group("Output and state");
    sub.add_flag("--local", globals.local, "Work on this machine, whatever the last login was")
        ->group("Output and state");
  }

  Command* Chosen() const {
    for (const CommandPtr& command : commands) {
      if (app.got_subcommand(command->name())) return command.get();
    }
    return nullptr;
  }

  GlobalOptions globals;
  std::vector<CommandPtr> commands = MakeCommands();
  CLI::App app{"MigrateIQ moves data from the systems you have to the systems you want, and proves that it arrived.",
               "migrateiq"};
};

bool WantsJson(const std::vector<std::string>& arguments) {
  return std::ranges::find(arguments, "--json") != arguments.end();
}

Error UsageError(const Parser& parser, const std::vector<std::string>& arguments, const std::string& message) {
  const std::string word = arguments.empty() ? "" : arguments[0];
  std::vector<std::string> known;
  for (const CommandPtr& command : parser.commands) known.emplace_back(command->name());
  const bool is_command = std::ranges::find(known, word) != known.end();
  if (is_command) return Error(codes::kUsage, message).Fix("See `migrateiq " + word + " --help`.");
  if (word.empty() || word.starts_with('-')) return Error(codes::kUsage, message).Fix("See `migrateiq --help`.");
  return Error(codes::kUsage, "there is no command '" + word + "'" + DidYouMean(word, known))
      .Fix("See `migrateiq --help`.");
}

void SetUpLog(const std::string& level) {
  spdlog::set_default_logger(std::make_shared<spdlog::logger>("", std::make_shared<spdlog::sinks::stderr_sink_mt>()));
  spdlog::set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
  spdlog::set_level(spdlog::level::from_str(level));
}

}  // namespace

int Main(const std::vector<std::string>& arguments) {
  Parser parser;
  try {
    std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
    parser.app.parse(reversed);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return parser.app.exit(error);
    const Console console({.json = WantsJson(arguments)});
    return console.Fail(UsageError(parser, arguments, error.what()));
  }
  SetUpLog(parser.globals.log_level);
  const Console console(parser.globals);
  try {
    return parser.Chosen()->Run(console);
  } catch (const std::exception& exception) { return console.Fail(Error(codes::kInternal, exception.what())); }
}

std::vector<std::pair<std::string, std::string>> HelpTexts() {
  Parser parser;
  std::vector<std::pair<std::string, std::string>> texts = {{"", parser.app.help()}};
  for (const CommandPtr& command : parser.commands) {
    texts.emplace_back(command->name(), parser.app.get_subcommand(command->name())->help("migrateiq"));
  }
  return texts;
}

std::vector<std::pair<std::string, std::vector<std::string>>> CommandOptions() {
  Parser parser;
  std::vector<std::pair<std::string, std::vector<std::string>>> all;
  for (const CommandPtr& command : parser.commands) {
    std::vector<std::string>& names = all.emplace_back(command->name(), std::vector<std::string>()).second;
    for (const CLI::Option* option : parser.app.get_subcommand(command->name())->get_options()) {
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
  }
  return all;
}

std::vector<CommandPtr> MakeCommands() {
  std::vector<CommandPtr> commands;
  for (const auto make :
       {MakeCopy,   MakePlan,  MakeRun,    MakeRehearse, MakeAnalyze, MakeMatch,     MakeResume, MakePause,
        MakeCancel, MakeUndo,  MakeAccept, MakeStatus,   MakeRuns,    MakeVerify,    MakeCheck,  MakeQuarantine,
        MakeServe,  MakeAdmin, MakeLogin,  MakeLogout,   MakeDoctor,  MakeCompletion}) {
    commands.push_back(make());
  }
  return commands;
}

}  // namespace migrateiq::cli
