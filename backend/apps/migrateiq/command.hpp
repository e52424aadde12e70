#pragma once

#include <memory>
#include <string>
#include <vector>

#include "apps/migrateiq/console.hpp"
#include "apps/migrateiq/options.hpp"

namespace migrateiq::cli {

/// A subcommand: says what it takes, then runs once. Returns the exit status of contract section 1.
class Command {
 public:
  virtual ~Command() = default;
  virtual const char* name() const = 0;
  virtual const char* summary() const = 0;
  virtual void Declare(Options& options) = 0;
  virtual int Run(const Console& console) = 0;
  /// Does it take --server and --local?
  virtual bool MayBeRemote() const { return true; }
};

using CommandPtr = std::unique_ptr<Command>;

CommandPtr MakeCopy();
CommandPtr MakePlan();
CommandPtr MakeRun();
CommandPtr MakeRehearse();
CommandPtr MakeAnalyze();
CommandPtr MakeResume();
CommandPtr MakePause();
CommandPtr MakeCancel();
CommandPtr MakeUndo();
CommandPtr MakeAccept();
CommandPtr MakeStatus();
CommandPtr MakeRuns();
CommandPtr MakeVerify();
CommandPtr MakeCheck();
CommandPtr MakeMatch();
CommandPtr MakeQuarantine();
CommandPtr MakeServe();
CommandPtr MakeAdmin();
CommandPtr MakeLogin();
CommandPtr MakeLogout();
CommandPtr MakeDoctor();
CommandPtr MakeCompletion();

/// All of them, in the order of --help.
std::vector<CommandPtr> MakeCommands();

}  // namespace migrateiq::cli
