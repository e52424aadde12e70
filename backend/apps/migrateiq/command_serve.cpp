#include <signal.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <chrono>

#include "apps/migrateiq/command.hpp"
#include "apps/migrateiq/serve/load_settings.hpp"
#include "apps/migrateiq/serve/server_app.hpp"
#include "base/json_text.hpp"
#include "platform/settings/settings.hpp"

namespace migrateiq::cli {

namespace {

constexpr std::chrono::seconds kStartPatience{60};

/// Blocks SIGINT and SIGTERM in this thread and those it starts; Wait receives one of them.
class StopSignals {
 public:
  StopSignals() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGINT);
    sigaddset(&signals_, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    signal(SIGPIPE, SIG_IGN);
  }
  void Wait() const {
    int received = 0;
    sigwait(&signals_, &received);
  }
  /// Did one come meanwhile?
  bool WaitFor(std::chrono::seconds time) const {
    const timespec limit{.tv_sec = time.count(), .tv_nsec = 0};
    return sigtimedwait(&signals_, nullptr, &limit) > 0;
  }

 private:
  sigset_t signals_{};
};

std::string JsonLogPattern() { return R"({"at":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l","thread":%t,"text":%v})"; }

/// In JSON lines the text must be a JSON string.
class QuotingFormatter : public spdlog::formatter {
 public:
  void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& out) override {
    spdlog::details::log_msg quoted = message;
    const std::string text = JsonQuoted(std::string_view(message.payload.data(), message.payload.size()));
    quoted.payload = text;
    inner_.format(quoted, out);
  }
  std::unique_ptr<formatter> clone() const override { return std::make_unique<QuotingFormatter>(); }

 private:
  spdlog::pattern_formatter inner_{JsonLogPattern(), spdlog::pattern_time_type::utc};
};

void SetUpServerLog(const Settings& settings) {
  spdlog::set_level(spdlog::level::from_str(settings.log_level));
  if (settings.log_format == "json") spdlog::set_formatter(std::make_unique<QuotingFormatter>());
}

class Serve : public Command {
 public:
  const char* name() const override { return "serve"; }
  const char* summary() const override { return "The server: web app, API, workers and scheduler"; }

  void Declare(Options& options) override {
    options.Text("--config", config_, "FILE", "Settings (docs/settings.md lists them all)");
    options.Choice("--role", role_, {"all", "api", "worker", "scheduler"}, "What this process does (default: all)");
    options.Text("--listen", listen_, "HOST", "Address to listen on (default: 127.0.0.1)");
    options.Number("--port", port_, 0, 65535, "Port to listen on; 0 takes a free one (default: 8080)");
    options.Repeated("--set", set_, "NAME=VALUE", "Any other setting, e.g. --set log.level=debug");
    options.Example(
        "  migrateiq serve\n  migrateiq serve --config /etc/migrateiq.yaml --role worker\n"
        "  MIGRATEIQ_STORE_URL=postgresql://miq@db/migrateiq migrateiq serve --port 9000");
  }

  bool MayBeRemote() const override { return false; }

  int Run(const Console& console) override {
    const Result<Settings> settings = Load(console);
    if (!settings) return console.Fail(settings.error());
    SetUpServerLog(*settings);
    const StopSignals signals;
    const Result<std::unique_ptr<serve::ServerApp>> app = MakePatiently(*settings, signals);
    if (!app) return console.Fail(app.error());
    if (const Status started = (*app)->Start(); !started) return console.Fail(started.error());
    Greet(console, **app);
    signals.Wait();
    console.Note("stopping: work at hand is finished or given back");
    (*app)->Drain();
    return 0;
  }

 private:
  Result<Settings> Load(const Console& console) const {
    MIQ_ASSIGN(auto flags, serve::SettingFlags(set_));
    if (role_) flags["server.role"] = *role_;
    if (listen_) flags["server.listen"] = *listen_;
    if (port_) flags["server.port"] = std::to_string(*port_);
    return serve::LoadServerSettings(config_.value_or(""), flags, console.state());
  }

  /// A store that is away may be starting too.
  static Result<std::unique_ptr<serve::ServerApp>> MakePatiently(const Settings& settings, const StopSignals& signals) {
    const auto end = std::chrono::steady_clock::now() + kStartPatience;
    for (;;) {
      auto app = serve::ServerApp::Make(settings);
      if (app || !app.error().retryable || std::chrono::steady_clock::now() > end) return app;
      spdlog::warn("not ready yet: {}", app.error().ToString());
      if (signals.WaitFor(std::chrono::seconds(1))) return app;
    }
  }

  static void Greet(const Console& console, serve::ServerApp& app) {
    const auto link = app.SetupLink();
    console.Note(app.url().empty() ? "working" : "listening on " + app.url());
    if (link && !link->empty())
      console.Note("there is no administrator yet; make the first one here, within a day:\n  " + *link);
  }

  std::optional<std::string> config_, role_, listen_;
  std::optional<int64_t> port_;
  std::vector<std::string> set_;
};

}  // namespace

CommandPtr MakeServe() { return std::make_unique<Serve>(); }

}  // namespace migrateiq::cli
