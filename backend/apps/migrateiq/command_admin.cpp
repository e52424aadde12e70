#include <termios.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <iostream>

#include "apps/migrateiq/command.hpp"
#include "apps/migrateiq/serve/administration.hpp"
#include "apps/migrateiq/serve/load_settings.hpp"
#include "base/errors/run.hpp"
#include "base/json_text.hpp"

namespace migrateiq::cli {

namespace {

namespace json = boost::json;

/// What is typed does not show.
class NoEcho {
 public:
  NoEcho() {
    if (::tcgetattr(STDIN_FILENO, &before_) != 0) return;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    changed_ = ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet) == 0;
  }
  ~NoEcho() {
    if (changed_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }

 private:
  termios before_{};
  bool changed_ = false;
};

/// From the terminal, or one line of standard input: never from an argument, which others could read.
std::string ReadPassword(const Console& console) {
  const bool terminal = ::isatty(STDIN_FILENO) != 0;
  if (terminal) console.Note("password:");
  const NoEcho quiet;
  std::string password;
  std::getline(std::cin, password);
  return password;
}

class Admin : public Command {
 public:
  const char* name() const override { return "admin"; }
  const char* summary() const override { return "First user, audit proof, backup, restore, key rotation"; }

  void Declare(Options& options) override {
    options.PositionalChoice("ACTION", action_,
                             {"create-owner", "setup-link", "verify-audit", "backup", "restore", "rotate-keys"},
                             "What to do");
    options.Text("--config", config_, "FILE", "Settings of the server");
    options.Text("--email", email_, "ADDRESS", "create-owner: whose account");
    options.Text("--name", person_, "NAME", "create-owner: as people read it");
    options.Text("--tenant", tenant_, "NAME", "create-owner: the organisation; verify-audit: only this tenant's id");
    options.Text("--file", file_, "FILE", "backup: where to; restore: where from; rotate-keys: the new master key");
    options.Flag("--yes", yes_, "Do not ask before a restore");
    options.Example(
        "  migrateiq admin create-owner --email anna@example.com --name Anna --tenant 'Example Ltd' < password.txt\n"
        "  migrateiq admin backup --file /backups/migrateiq-$(date +%F).db\n"
        "  migrateiq admin verify-audit");
  }

  bool MayBeRemote() const override { return false; }

  int Run(const Console& console) override {
    const Result<Settings> settings = serve::LoadServerSettings(config_.value_or(""), {}, console.state());
    if (!settings) return console.Fail(settings.error());
    const Result<json::object> done = Do(console, *settings);
    if (!done) return console.Fail(done.error());
    console.Result(JsonText(*done), Shown(*done));
    const json::value* unbroken = done->if_contains("unbroken");
    return unbroken != nullptr && !unbroken->get_bool() ? 1 : 0;
  }

 private:
  Result<json::object> Do(const Console& console, const Settings& settings) {
    if (action_ == "backup" || action_ == "restore" || action_ == "rotate-keys") {
      if (!file_) return std::unexpected(Error(codes::kUsage, action_ + " needs --file FILE"));
    }
    if (action_ == "backup") return serve::BackUp(settings, *file_);
    if (action_ == "restore") {
      MIQ_TRY(console.Confirm("This replaces everything the server knows by the backup " + *file_ + ".", yes_));
      return serve::Restore(settings, *file_);
    }
    if (action_ == "rotate-keys") return serve::RotateKeys(settings, *file_);
    if (action_ == "verify-audit") return serve::VerifyAudit(settings, tenant_.value_or(""));
    if (action_ == "setup-link") return serve::SetupLink(settings);
    if (!email_ || !person_) return std::unexpected(Error(codes::kUsage, "create-owner needs --email and --name"));
    return serve::CreateOwner(settings, {.email = *email_,
                                         .name = *person_,
                                         .password = ReadPassword(console),
                                         .tenant_name = tenant_.value_or("Default")});
  }

  static std::string Shown(const json::object& done) {
    std::string text;
    for (const auto& [name, value] : done)
      text += std::string(name) + ": " + (value.is_string() ? std::string(value.get_string()) : JsonText(value)) + "\n";
    return text;
  }

  std::string action_;
  std::optional<std::string> config_, email_, person_, tenant_, file_;
  bool yes_ = false;
};

}  // namespace

CommandPtr MakeAdmin() { return std::make_unique<Admin>(); }

}  // namespace migrateiq::cli
