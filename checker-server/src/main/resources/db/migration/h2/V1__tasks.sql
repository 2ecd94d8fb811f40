-- Each statement may find its work done: an instance that was killed half-way begins again.
CREATE TABLE IF NOT EXISTS preflight_setting (
    name VARCHAR(64) PRIMARY KEY,
    content VARBINARY(1024) NOT NULL
);

CREATE TABLE IF NOT EXISTS preflight_task (
    id VARCHAR(36) PRIMARY KEY,
    project VARCHAR(255) NOT NULL,
    service VARCHAR(64) NOT NULL,
    task_type VARCHAR(32) NOT NULL,
    state VARCHAR(16) NOT NULL,
    create_time BIGINT NOT NULL,
    start_time BIGINT,
    end_time BIGINT,
    source VARCHAR(300) NOT NULL,
    secret VARBINARY(65535),
    ignored_databases VARCHAR(1048576) NOT NULL,
    asked_method VARCHAR(16),
    target_version VARCHAR(32),
    created_by VARCHAR(255) NOT NULL,
    runs INT NOT NULL,
    run_id VARCHAR(36),
    progress VARCHAR(255) NOT NULL,
    success BOOLEAN,
    result VARCHAR(1048576) NOT NULL,
    method VARCHAR(16),
    result_codes VARCHAR(1048576) NOT NULL,
    assessed BOOLEAN NOT NULL
);
CREATE INDEX IF NOT EXISTS preflight_task_listing ON preflight_task (project, service, create_time, id);
CREATE INDEX IF NOT EXISTS preflight_task_state ON preflight_task (state, end_time);

CREATE TABLE IF NOT EXISTS preflight_document (
    task_id VARCHAR(36) NOT NULL,
    kind VARCHAR(16) NOT NULL,
    chunk INT NOT NULL,
    content VARBINARY(1048576) NOT NULL,
    PRIMARY KEY (task_id, kind, chunk)
);

-- As db-scheduler wants it; "preflight_" keeps it apart from that of another program in the same database.
CREATE TABLE IF NOT EXISTS preflight_execution (
    task_name VARCHAR(100) NOT NULL,
    task_instance VARCHAR(100) NOT NULL,
    task_data VARBINARY(1024),
    execution_time TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    picked BOOLEAN NOT NULL,
    picked_by VARCHAR(50),
    last_success TIMESTAMP(6) WITH TIME ZONE,
    last_failure TIMESTAMP(6) WITH TIME ZONE,
    consecutive_failures INT,
    last_heartbeat TIMESTAMP(6) WITH TIME ZONE,
    version BIGINT NOT NULL,
    priority SMALLINT,
    PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX IF NOT EXISTS preflight_execution_time ON preflight_execution (execution_time);
CREATE INDEX IF NOT EXISTS preflight_execution_heartbeat ON preflight_execution (last_heartbeat);
