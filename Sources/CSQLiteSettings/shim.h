#pragma once
#include <sqlite3.h>

// sqlite3_db_config takes a varying number of arguments, so Swift cannot call it.
static inline int csqlite_set_switch(sqlite3 *connection, int option, int isOn) {
    return sqlite3_db_config(connection, option, isOn, (int *)0);
}
