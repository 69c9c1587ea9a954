#pragma once
#include <libpq-fe.h>

// libpq's diagnostic field codes are character-literal macros, which Swift does not import.
static const int shim_PG_DIAG_SQLSTATE = PG_DIAG_SQLSTATE;
static const int shim_PG_DIAG_MESSAGE_PRIMARY = PG_DIAG_MESSAGE_PRIMARY;
static const int shim_PG_DIAG_MESSAGE_DETAIL = PG_DIAG_MESSAGE_DETAIL;
static const int shim_PG_DIAG_MESSAGE_HINT = PG_DIAG_MESSAGE_HINT;
static const int shim_PG_DIAG_CONTEXT = PG_DIAG_CONTEXT;
static const int shim_PG_DIAG_TABLE_NAME = PG_DIAG_TABLE_NAME;
static const int shim_PG_DIAG_CONSTRAINT_NAME = PG_DIAG_CONSTRAINT_NAME;
