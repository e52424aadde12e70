#include "tests/runner/process.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <thread>

extern char** environ;

namespace migrateiq::runner {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto kPoll = std::chrono::milliseconds(2);

std::vector<std::string> Environment(const std::map<std::string, std::string>& added) {
  std::vector<std::string> result;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    if (!added.contains(text.substr(0, text.find('=')))) result.push_back(text);
  }
  for (const auto& [name, value] : added) result.push_back(name + "=" + value);
  return result;
}

std::vector<char*> Pointers(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

pid_t Spawn(const Command& command, const std::string& out, const std::string& err) {
  std::vector<std::string> words = command.words;
  std::vector<std::string> environment = Environment(command.environment);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 1, out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
  posix_spawn_file_actions_addopen(&actions, 2, err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
  posix_spawn_file_actions_addchdir_np(&actions, command.folder.c_str());
  pid_t pid = -1;
  const int failed =
      posix_spawn(&pid, words[0].c_str(), &actions, nullptr, Pointers(words).data(), Pointers(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  return failed == 0 ? pid : -1;
}

int StatusOf(int wait_status) {
  return WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : 128 + WTERMSIG(wait_status);
}

void Wait(pid_t pid, const Command& command, Outcome& outcome) {
  const auto deadline = Clock::now() + std::chrono::seconds(command.timeout_seconds);
  int status = 0;
  while (waitpid(pid, &status, WNOHANG) == 0) {
    outcome.timed_out = outcome.timed_out || Clock::now() > deadline;
    outcome.killed = outcome.killed || (command.kill_when && command.kill_when());
    if (outcome.timed_out || outcome.killed) kill(pid, SIGKILL);
    std::this_thread::sleep_for(kPoll);
  }
  outcome.exit_status = StatusOf(status);
  outcome.killed = outcome.killed && WIFSIGNALED(status);
}

}  // namespace

Outcome RunCommand(const Command& command) {
  const std::string out = command.folder + "/stdout";
  const std::string err = command.folder + "/stderr";
  Outcome outcome;
  const pid_t pid = Spawn(command, out, err);
  if (pid < 0) {
    outcome.exit_status = 127;
    outcome.err = "cannot start " + command.words[0];
    return outcome;
  }
  Wait(pid, command, outcome);
  outcome.out = ReadFile(out);
  outcome.err = ReadFile(err);
  return outcome;
}

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void WriteFile(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

}  // namespace migrateiq::runner
