#include "apps/migrateiq/ask_secret.hpp"

#include <termios.h>
#include <unistd.h>

#include <csignal>
#include <iostream>

namespace migrateiq::cli {

namespace {

termios terminal_before{};

void RestoreAndEnd(int signal) {
  ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &terminal_before);
  ::signal(signal, SIG_DFL);
  ::raise(signal);
}

/// What is typed does not show while it lives; Ctrl-C leaves the terminal as it was. One at a time.
class NoEcho {
 public:
  NoEcho() {
    if (::tcgetattr(STDIN_FILENO, &terminal_before) != 0) return;
    termios quiet = terminal_before;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::signal(SIGINT, RestoreAndEnd);
    ::signal(SIGTERM, RestoreAndEnd);
    changed_ = ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet) == 0;
  }
  ~NoEcho() {
    if (!changed_) return;
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &terminal_before);
    ::signal(SIGINT, SIG_DFL);
    ::signal(SIGTERM, SIG_DFL);
    std::cerr << '\n';
  }
  NoEcho(const NoEcho&) = delete;

 private:
  bool changed_ = false;
};

}  // namespace

bool OnTerminal() { return ::isatty(STDIN_FILENO) != 0; }

std::string ReadLine(const std::string& question) {
  if (OnTerminal()) std::cerr << question << std::flush;
  std::string line;
  std::getline(std::cin, line);
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

std::string ReadSecret(const std::string& question) {
  if (!OnTerminal()) return ReadLine("");
  std::cerr << question << std::flush;
  const NoEcho quiet;
  return ReadLine("");
}

}  // namespace migrateiq::cli
