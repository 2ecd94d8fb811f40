-- Each statement may find its work done: an instance that was killed half-way begins again.
CREATE TABLE IF NOT EXISTS preflight_setting (
    name VARCHAR(64) NOT NULL,
    content VARBINARY(1024) NOT NULL,
    PRIMARY KEY (name)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE IF NOT EXISTS preflight_task (
    id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    project VARCHAR(255) NOT NULL,
    service VARCHAR(64) NOT NULL,
    task_type VARCHAR(32) NOT NULL,
    state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    create_time BIGINT NOT NULL,
    start_time BIGINT,
    end_time BIGINT,
    source VARCHAR(300) NOT NULL,
    secret BLOB,
    ignored_databases MEDIUMTEXT NOT NULL,
    asked_method VARCHAR(16),
    target_version VARCHAR(32),
    created_by VARCHAR(255) NOT NULL,
    runs INT NOT NULL,
    run_id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin,
    progress VARCHAR(255) NOT NULL,
    success BOOLEAN,
    result MEDIUMTEXT NOT NULL,
    method VARCHAR(16),
    result_codes MEDIUMTEXT NOT NULL,
    assessed BOOLEAN NOT NULL,
    PRIMARY KEY (id),
    INDEX preflight_task_listing (project, service, create_time, id),
    INDEX preflight_task_state (state, end_time)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE IF NOT EXISTS preflight_document (
    task_id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    kind VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    chunk INT NOT NULL,
    content MEDIUMBLOB NOT NULL,
    PRIMARY KEY (task_id, kind, chunk)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT=DYNAMIC;

-- As db-scheduler wants it; "preflight_" keeps it apart from that of another program in the same database. Times are UTC.
CREATE TABLE IF NOT EXISTS preflight_execution (
    task_name VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    task_instance VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    task_data BLOB,
    execution_time DATETIME(6) NOT NULL,
    picked BOOLEAN NOT NULL,
    picked_by VARCHAR(50),
    last_success DATETIME(6),
    last_failure DATETIME(6),
    consecutive_failures INT,
    last_heartbeat DATETIME(6),
    version BIGINT NOT NULL,
    priority SMALLINT,
    PRIMARY KEY (task_name, task_instance),
    INDEX preflight_execution_time (execution_time),
    INDEX preflight_execution_heartbeat (last_heartbeat)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT=DYNAMIC;
