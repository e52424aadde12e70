#pragma once

#include "base/errors/api.hpp"
#include "base/errors/connect.hpp"
#include "base/errors/data.hpp"
#include "base/errors/match.hpp"
#include "base/errors/plan.hpp"
#include "base/errors/run.hpp"
#include "base/errors/server.hpp"
