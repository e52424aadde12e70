#pragma once

#include <string>
#include <utility>
#include <vector>

namespace migrateiq::cli {

/// Parses the arguments (without the program's name), runs the command and returns the exit status.
int Main(const std::vector<std::string>& arguments);

/// The --help text of every command by its name, "" being the program's own.
std::vector<std::pair<std::string, std::string>> HelpTexts();

/// Every command with its options ("--json"), for completion scripts.
std::vector<std::pair<std::string, std::vector<std::string>>> CommandOptions();

}  // namespace migrateiq::cli
