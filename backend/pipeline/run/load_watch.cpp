#include "pipeline/run/load_watch.hpp"

#include <fmt/format.h>

#include <condition_variable>
#include <mutex>

namespace migrateiq {

namespace {

/// False when the stop token was triggered meanwhile.
bool Sleep(std::chrono::milliseconds time, const std::stop_token& stop) {
  std::mutex sleeping;
  std::unique_lock lock(sleeping);
  std::condition_variable_any().wait_for(lock, stop, time, [] { return false; });
  return !stop.stop_requested();
}

/// A source that is opened when it is first asked, and anew after it failed.
LoadWatch::Ask AskSource(const ActiveRun& run) {
  const OpenOptions options = OptionsFor(run.plan, "", run.context);
  return [url = run.ends.source_url, options, source = std::shared_ptr<Source>()]() mutable -> Result<int64_t> {
    if (source == nullptr) { MIQ_ASSIGN(source, OpenSource(url, options)); }
    Result<int64_t> others = source->StatementsOfOthers();
    if (!others) source = nullptr;
    return others;
  };
}

}  // namespace

Result<std::unique_ptr<LoadWatch>> LoadWatch::For(ActiveRun& run, RateLimiter& limiter) {
  const Terms terms{.most = run.plan.run.throttle.pause_when_source_load_above};
  if (terms.most <= 0) return nullptr;
  const auto tell = [&run](const std::string& level, const std::string& text) { run.progress->Event(level, text); };
  return Start(terms, AskSource(run), tell, limiter);
}

Result<std::unique_ptr<LoadWatch>> LoadWatch::Start(const Terms& terms, Ask ask, Tell tell, RateLimiter& limiter) {
  std::unique_ptr<LoadWatch> watch(new LoadWatch(terms, std::move(ask), std::move(tell), limiter));
  MIQ_ASSIGN(const int64_t others, watch->ask_());
  watch->Heed(others);
  watch->thread_ = std::jthread([raw = watch.get()](const std::stop_token& stop) { raw->Watch(stop); });
  return watch;
}

LoadWatch::~LoadWatch() {
  thread_ = {};  // stopped and joined before the workers are released
  limiter_.Hold(false);
}

void LoadWatch::Watch(const std::stop_token& stop) {
  while (Sleep(terms_.every, stop)) {
    const Result<int64_t> others = ask_();
    if (others)
      Heed(*others);
    else
      GoOn(others.error());
  }
}

void LoadWatch::Heed(int64_t others) {
  blind_ = false;
  const bool busy = static_cast<double>(others) > terms_.most;
  if (busy == paused_) return;
  paused_ = busy;
  limiter_.Hold(busy);
  tell_("info", busy ? fmt::format("reading pauses: the source runs {} statements of others, more than the {:g} that "
                                   "pause_when_source_load_above allows",
                                   others, terms_.most)
                     : "reading goes on: the source is no longer busy");
}

void LoadWatch::GoOn(const Error& why) {
  if (blind_) return;
  blind_ = true;
  paused_ = false;
  limiter_.Hold(false);
  tell_("warning", "the source cannot be asked how busy it is, reading goes on: " + why.message);
}

}  // namespace migrateiq
