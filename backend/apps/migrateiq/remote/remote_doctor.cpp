#include <boost/json.hpp>

#include "apps/migrateiq/remote/json_members.hpp"
#include "apps/migrateiq/remote/remote_runs.hpp"
#include "apps/migrateiq/remote/server_address.hpp"
#include "base/errors/server.hpp"
#include "pipeline/connector/url.hpp"

namespace migrateiq::cli {

namespace {

namespace json = boost::json;
using Level = DoctorFinding::Level;

DoctorFinding Blocking(const std::string& subject, const Error& error) {
  return {Level::kBlocks, subject, std::string(error.code.code) + ": " + error.message, std::string(error.FixText())};
}

DoctorFinding FindingFrom(const json::object& in) {
  const std::string level = TextIn(in, "level");
  return {level == "ok"        ? Level::kOk
          : level == "warning" ? Level::kWarning
                               : Level::kBlocks,
          TextIn(in, "subject"), TextIn(in, "message"), TextIn(in, "fix")};
}

DoctorFinding Encryption(const std::string& server) {
  if (!IsOpenToReaders(server))
    return {Level::kOk, "encryption", "what is sent stays on this machine or is encrypted", ""};
  return {Level::kWarning, "encryption", "tokens and data are sent as anybody on the way can read them",
          "Give the server a certificate (tls.certificate, tls.key), and log in by https://."};
}

}  // namespace

DoctorSubject RemoteRuns::ExamineServer() {
  const std::string& server = client_.session().server;
  DoctorSubject subject{server, {Encryption(server)}};
  const Result<std::string> ready = client_.Readiness();
  subject.findings.push_back(ready ? DoctorFinding{Level::kOk, "server", "is ready", ""}
                                   : Blocking("server", ready.error()));
  if (!ready && !ready.error().Is(codes::kServerAnswer)) return subject;
  const Result<json::object> me = client_.Get("me");
  subject.findings.push_back(me ? DoctorFinding{Level::kOk, "login", "as " + TextIn(*me, "email"), ""}
                                : Blocking("login", me.error()));
  return subject;
}

DoctorSubject RemoteRuns::ExamineUrl(const std::string& url) {
  DoctorSubject subject{MaskSecrets(url), {}};
  const Result<StoredPlans::Connection> connection = plans_.ConnectionFor(url);
  if (!connection) {
    subject.findings.push_back(Blocking("connection", connection.error()));
    return subject;
  }
  const Result<json::object> trial = client_.Post("connections/" + connection->connection_id + "/test", {});
  if (!trial) {
    subject.findings.push_back(Blocking("test", trial.error()));
    return subject;
  }
  for (const json::object& finding : ObjectsIn(*trial, "findings")) subject.findings.push_back(FindingFrom(finding));
  if (FlagIn(*trial, "ok"))
    subject.findings.push_back({Level::kOk, "test", std::to_string(NumberIn(*trial, "tables")) + " tables", ""});
  else
    subject.findings.push_back(
        {Level::kBlocks, "test", TextIn(*trial, "code") + ": " + TextIn(*trial, "message"), TextIn(*trial, "fix")});
  return subject;
}

std::vector<DoctorSubject> RemoteRuns::Examine(const std::vector<std::string>& urls) {
  std::vector<DoctorSubject> subjects = {ExamineServer()};
  for (const std::string& url : urls) subjects.push_back(ExamineUrl(url));
  return subjects;
}

}  // namespace migrateiq::cli
