#pragma once

#include <string>
#include <vector>

#include "modules/validation/validation_services.hpp"

namespace migrateiq::validation {

inline constexpr const char* kProposeJob = "propose_suite";

struct WantedProposal {
  std::string connection_id;
  std::string project_id, name;     ///< may be empty
  std::vector<std::string> tables;  ///< patterns; empty: all
  std::string analysis_id{};        ///< a finished one of the connection, instead of a look of its own
};

/// A job that makes a suite whose id is the job's. Errors: kApiNotFound for the connection, kApiField at /project_id.
Result<projects::JobView> StartProposal(ValidationServices& services, const Actor& actor, const WantedProposal& wanted);

/// Proposals as a kind of jobs. `services` outlives it.
projects::JobKind ProposalJobKind(ValidationServices& services);

}  // namespace migrateiq::validation
