#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"
#include "pipeline/run/report.hpp"

namespace migrateiq::cli {

/// What every command understands.
struct GlobalOptions {
  bool json = false;
  bool quiet = false;
  std::string log_level = "warn";
  std::string state;   ///< folder; empty = DefaultStateFolder()
  std::string server;  ///< URL, or "local"; empty = what `login` made the default
  bool local = false;  ///< this machine, whatever the default is
};

/// $XDG_STATE_HOME/migrateiq, else ~/.local/state/migrateiq.
std::string DefaultStateFolder();

/// Where a command's words go: results to stdout, everything for people to stderr.
class Console {
 public:
  explicit Console(GlobalOptions options) : options_(std::move(options)) {}

  const GlobalOptions& options() const { return options_; }
  bool json() const { return options_.json; }
  std::string state() const { return options_.state.empty() ? DefaultStateFolder() : options_.state; }

  /// The command's result: `document` with --json, else `text`. Call once.
  void Result(const std::string& document, const std::string& text) const;
  /// A line for people, on stderr; nothing with --quiet.
  void Note(std::string_view text) const;
  /// Shows an error (with --json as a report document on stdout) and returns the exit status for it.
  int Fail(Error error) const;
  /// An error for people, on stderr, also with --quiet.
  void ShowError(const Error& error) const;
  /// Asks on a terminal; without one, kRunConfirm unless `yes`.
  Status Confirm(const std::string& question, bool yes) const;
  /// Asks on a terminal; without one, that is no refusal.
  Status ConfirmOnTerminal(const std::string& question, bool yes) const;

  bool colour_out() const;  ///< stdout is a terminal and NO_COLOR is not set
  bool live() const;        ///< stderr is a terminal that can be redrawn

 private:
  GlobalOptions options_;
};

/// 2 for wrong usage or configuration, 130 for an interruption, else 1.
int ExitStatus(const Error& error);

}  // namespace migrateiq::cli
