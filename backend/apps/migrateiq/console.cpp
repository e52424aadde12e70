#include "apps/migrateiq/console.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <iostream>

#include "base/errors/api.hpp"
#include "base/errors/plan.hpp"
#include "base/errors/run.hpp"
#include "base/errors/server.hpp"
#include "pipeline/connector/url.hpp"

namespace migrateiq::cli {

namespace {

bool HasVariable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0';
}

bool CanAsk() { return ::isatty(STDIN_FILENO) != 0 && ::isatty(STDERR_FILENO) != 0; }

void Print(std::FILE* stream, std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stream);
  if (!text.ends_with('\n')) std::fputc('\n', stream);
  std::fflush(stream);
}

}  // namespace

std::string DefaultStateFolder() {
  if (HasVariable("XDG_STATE_HOME")) return std::string(std::getenv("XDG_STATE_HOME")) + "/migrateiq";
  if (HasVariable("HOME")) return std::string(std::getenv("HOME")) + "/.local/state/migrateiq";
  return ".migrateiq";
}

void Console::Result(const std::string& document, const std::string& text) const {
  const std::string& shown = options_.json ? document : text;
  if (!shown.empty()) Print(stdout, shown);
}

void Console::Note(std::string_view text) const {
  if (!options_.quiet) Print(stderr, text);
}

void Console::ShowError(const Error& error) const { Print(stderr, error.ToString()); }

/// A URL may stand where another word was expected, and the message repeats it.
int Console::Fail(Error error) const {
  for (std::string* text : {&error.message, &error.table, &error.place, &error.fix}) {
    if (text->find("://") != std::string::npos) *text = MaskSecrets(*text);
  }
  ShowError(error);
  if (options_.json) {
    RunReport report{.status = error.Is(codes::kRunInterrupted) ? RunResult::kInterrupted : RunResult::kFailed};
    report.errors.push_back(error);
    Print(stdout, ToJson(report));
  }
  return ExitStatus(error);
}

Status Console::ConfirmOnTerminal(const std::string& question, bool yes) const {
  return Confirm(question, yes || !CanAsk());
}

Status Console::Confirm(const std::string& question, bool yes) const {
  if (yes) return {};
  if (!CanAsk()) { return migrateiq::Fail(codes::kRunConfirm, question + " There is no terminal to ask on"); }
  std::fprintf(stderr, "%s Continue? [y/N] ", question.c_str());
  std::string answer;
  std::getline(std::cin, answer);
  if (answer == "y" || answer == "Y" || answer == "yes") return {};
  return migrateiq::Fail(codes::kRunConfirm, "not confirmed; nothing was done");
}

bool Console::colour_out() const { return ::isatty(STDOUT_FILENO) != 0 && !HasVariable("NO_COLOR"); }

bool Console::live() const {
  const char* terminal = std::getenv("TERM");
  const bool dumb = terminal != nullptr && std::string_view(terminal) == "dumb";
  return ::isatty(STDERR_FILENO) != 0 && !HasVariable("NO_COLOR") && !dumb && !options_.quiet;
}

int ExitStatus(const Error& error) {
  constexpr std::array<std::string_view, 3> kAreas = {"MIQ-URL-", "MIQ-PLAN-", "MIQ-AUTH-"};
  for (const std::string_view area : kAreas) {
    if (error.code.code.starts_with(area)) return 2;
  }
  constexpr std::array<std::string_view, 11> kUsageOfServers = {
      codes::kApiJson.code,      codes::kApiField.code,       codes::kApiNotFound.code,        codes::kApiMethod.code,
      codes::kApiMediaType.code, codes::kApiForbidden.code,   codes::kApiUnauthenticated.code, codes::kApiCursor.code,
      codes::kApiTooLarge.code,  codes::kConnectionForm.code, codes::kConnectionReach.code};
  if (std::ranges::find(kUsageOfServers, error.code.code) != kUsageOfServers.end()) return 2;
  const bool usage = error.Is(codes::kUsage) || error.Is(codes::kRunConfirm) || error.Is(codes::kRunNotFound) ||
                     error.Is(codes::kExprSyntax) || error.Is(codes::kExprForbidden);
  if (usage) return 2;
  return error.Is(codes::kRunInterrupted) ? 130 : 1;
}

}  // namespace migrateiq::cli
