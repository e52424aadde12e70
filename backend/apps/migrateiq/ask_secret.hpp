#pragma once

#include <string>

/// Asking people for what must not be an argument.
namespace migrateiq::cli {

/// Is somebody there to ask?
bool OnTerminal();
/// A line of standard input, asked for when that is a terminal.
std::string ReadLine(const std::string& question);
/// The same, and what is typed does not show.
std::string ReadSecret(const std::string& question);

}  // namespace migrateiq::cli
