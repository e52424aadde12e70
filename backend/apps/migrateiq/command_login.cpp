#include <boost/json.hpp>

#include "apps/migrateiq/ask_secret.hpp"
#include "apps/migrateiq/command.hpp"
#include "apps/migrateiq/remote/chosen_server.hpp"
#include "apps/migrateiq/remote/json_members.hpp"
#include "apps/migrateiq/remote/server_address.hpp"
#include "base/errors/api.hpp"
#include "base/errors/run.hpp"
#include "base/json_text.hpp"

namespace migrateiq::cli {

namespace {

namespace json = boost::json;

Result<std::string> Given(const std::string& text, const char* what) {
  if (!text.empty()) return text;
  return Fail(codes::kUsage, std::string(what) + " is missing");
}

class Login : public Command {
 public:
  const char* name() const override { return "login"; }
  const char* summary() const override { return "Sign in to a server; every command then works against it"; }

  void Declare(Options& options) override {
    options.Text("--email", email_, "ADDRESS", "Who signs in (asked for on a terminal)");
    options.Flag("--api-key-stdin", api_key_, "Use an API key, read from standard input, instead of a password");
    options.Text("--ca-file", ca_file_, "FILE", "Certificates to trust (PEM) instead of the system's");
    options.Example(
        "  migrateiq login --server https://migrate.example.com\n"
        "  migrateiq login --server https://migrate.example.com --email ada@example.com < password.txt\n"
        "  migrateiq login --server https://migrate.example.com --api-key-stdin < /run/secrets/api_key\n"
        "\nStandard input has the password in its first line and, for a second factor, a code in the next. Secrets "
        "are\n"
        "never taken from arguments, which others can read. `--local` goes back to this machine for one command,\n"
        "`migrateiq logout` for all. Without a login, the variables MIGRATEIQ_SERVER and MIGRATEIQ_API_KEY are "
        "enough.");
  }

  int Run(const Console& console) override {
    const Result<ServerSession> session = SignIn(console);
    if (!session) return console.Fail(session.error());
    console.Result(JsonText(json::object{{"server", session->server}, {"email", session->email}, {"default", true}}),
                   "signed in to " + session->server + (session->email.empty() ? "" : " as " + session->email));
    return 0;
  }

 private:
  Result<ServerSession> SignIn(const Console& console) const {
    MIQ_ASSIGN(const std::string wanted, Given(NamedServer(console), "--server URL"));
    MIQ_ASSIGN(const std::string server, NormalAddress(wanted));
    if (IsOpenToReaders(server)) console.Note("warning: without https:// anybody on the way can read what is sent");
    const SessionFiles files(console.state());
    ApiClient client({.server = server, .ca_file = ca_file_.value_or("")}, files);
    MIQ_ASSIGN(const ServerSession session, api_key_ ? WithKey(client, files) : WithPassword(client));
    MIQ_ASSIGN(const SessionLock lock, files.Lock(server));  // not while another process renews older tokens
    MIQ_TRY(files.Save(session));
    MIQ_TRY(files.SetDefault(server));
    return session;
  }

  Result<ServerSession> WithKey(const ApiClient& client, const SessionFiles& files) const {
    ServerSession session = client.session();
    MIQ_ASSIGN(session.api_key, Given(ReadSecret("API key: "), "the API key"));
    ApiClient with_key(session, files);
    const Result<json::object> runs = with_key.Get("runs", {{"limit", "1"}});
    const bool known = runs || runs.error().Is(codes::kApiForbidden);  // a key may be for something else
    if (known) return session;
    return Fail(runs.error());
  }

  Result<ServerSession> WithPassword(ApiClient& client) const {
    if (!email_ && !OnTerminal()) return Fail(codes::kUsage, "--email is needed when there is no terminal to ask on");
    MIQ_ASSIGN(const std::string email, Given(email_ ? *email_ : ReadLine("E-mail: "), "the e-mail address"));
    MIQ_ASSIGN(const std::string password, Given(ReadSecret("Password: "), "the password"));
    Status done = client.LogIn(email, password, "");
    if (!done && done.error().Is(codes::kAuthTotpRequired)) {
      MIQ_ASSIGN(const std::string code, Given(ReadLine("Code of your authenticator: "), "the authenticator's code"));
      done = client.LogIn(email, password, code);
    }
    if (!done) return Fail(done.error());
    return client.session();
  }

  std::optional<std::string> email_, ca_file_;
  bool api_key_ = false;
};

class Logout : public Command {
 public:
  const char* name() const override { return "logout"; }
  const char* summary() const override { return "End the session at a server; commands work on this machine again"; }

  void Declare(Options& options) override {
    options.Example("  migrateiq logout\n  migrateiq logout --server https://migrate.example.com");
  }

  int Run(const Console& console) override {
    const Result<std::string> server = SignOut(console);
    if (!server) return console.Fail(server.error());
    console.Result(JsonText(json::object{{"server", *server}}), "signed out of " + *server);
    return 0;
  }

 private:
  static Result<std::string> SignOut(const Console& console) {
    MIQ_ASSIGN(const std::string server, ChosenServer(console));
    if (server.empty()) return Fail(codes::kUsage, "there is no server to sign out of");
    const SessionFiles files(console.state());
    MIQ_ASSIGN(const std::optional<ServerSession> session, files.Load(server));
    if (!session) return Fail(codes::kApiUnauthenticated, "you are not signed in to " + server);
    const Status ended = session->api_key.empty() ? ApiClient(*session, files).LogOut() : Status();
    if (!ended && !ended.error().Is(codes::kApiUnauthenticated))
      console.Note("the server was not told: " + ended.error().message);
    MIQ_TRY(files.Remove(server));
    MIQ_ASSIGN(const std::string chosen, files.Default());
    if (chosen == server) MIQ_TRY(files.SetDefault(""));
    return server;
  }
};

}  // namespace

CommandPtr MakeLogin() { return std::make_unique<Login>(); }

CommandPtr MakeLogout() { return std::make_unique<Logout>(); }

}  // namespace migrateiq::cli
