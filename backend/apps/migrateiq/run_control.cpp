#include "apps/migrateiq/run_control.hpp"

#include <pthread.h>
#include <unistd.h>

#include <cerrno>
#include <ctime>

namespace migrateiq::cli {

namespace {

constexpr int kInterrupted = 130;
constexpr timespec kPollInterval = {.tv_sec = 0, .tv_nsec = 250'000'000};

bool IsIgnored(int signal) {
  struct sigaction action {};
  return ::sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

}  // namespace

RunControl::RunControl(Poll poll) : poll_(std::move(poll)) {
  sigemptyset(&signals_);
  sigaddset(&signals_, SIGINT);
  sigaddset(&signals_, SIGTERM);
  if (!IsIgnored(SIGHUP)) sigaddset(&signals_, SIGHUP);  // a terminal that is closed; nohup ignores it
  pthread_sigmask(SIG_BLOCK, &signals_, &before_);
  thread_ = std::jthread([this](const std::stop_token& over) { Watch(over); });
}

RunControl::~RunControl() {
  thread_.request_stop();
  // The signal is blocked and only wakes it: nobody waits for the rest of an interval.
  pthread_kill(thread_.native_handle(), SIGTERM);  // NOLINT(bugprone-bad-signal-to-kill-thread)
  thread_.join();
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

void RunControl::Watch(const std::stop_token& over) {
  while (!over.stop_requested()) {
    const int signal = sigtimedwait(&signals_, nullptr, &kPollInterval);
    if (over.stop_requested()) return;
    if (signal > 0 && stop_.stop_requested()) ::_exit(kInterrupted);
    if (signal > 0) Stop(1);
    if (signal > 0 || !poll_ || stop_.stop_requested()) continue;
    const std::string request = poll_();
    if (request == "pause") Stop(2);
    if (request == "cancel") Stop(3);
  }
}

void RunControl::Stop(int reason) {
  reason_ = reason;
  stop_.request_stop();
}

}  // namespace migrateiq::cli
