#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace migrateiq::runner {

struct Command {
  std::vector<std::string> words;                  ///< words[0] is the binary
  std::string folder;                              ///< working directory; stdout and stderr are kept in files there
  std::map<std::string, std::string> environment;  ///< added to ours
  std::function<bool()> kill_when;                 ///< asked every few milliseconds; true: SIGKILL. May be empty
  int timeout_seconds = 180;
};

struct Outcome {
  int exit_status = -1;  ///< 128 + signal when it was ended by one
  bool killed = false;   ///< by `kill_when`
  bool timed_out = false;
  std::string out;
  std::string err;
};

/// Runs the command to its end, without a terminal. Never throws; a command that cannot be started has exit status 127.
Outcome RunCommand(const Command& command);

std::string ReadFile(const std::string& path);
void WriteFile(const std::string& path, const std::string& bytes);

}  // namespace migrateiq::runner
