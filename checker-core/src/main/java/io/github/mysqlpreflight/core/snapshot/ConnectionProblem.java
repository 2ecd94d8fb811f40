/* SPDX-License-Identifier: Apache-2.0 */
package io.github.mysqlpreflight.core.snapshot;

/** The ways in which connecting to a server fails, told apart because each has another way out. */
public enum ConnectionProblem {
    /** Whoever runs the check does not let that address be connected to; nothing was sent there. */
    ADDRESS_NOT_ALLOWED,
    /** The host name does not resolve. */
    HOST_NOT_FOUND,
    /** Nothing listens there, or a firewall answers for it. */
    REFUSED,
    /** There is no route to the host. */
    UNREACHABLE,
    /** No answer within the time limit. */
    TIMED_OUT,
    /** Something answers, but not with MySQL's protocol. */
    NOT_MYSQL,
    /** 1045: wrong password, unknown account, or TLS or a certificate demanded of the account. */
    ACCESS_DENIED,
    /** 1130: no account for the address we come from; 1129: that address is blocked. */
    HOST_NOT_ALLOWED,
    /** 3118. */
    ACCOUNT_LOCKED,
    /** 1862, 1820. */
    PASSWORD_EXPIRED,
    /** 1040, 1203. */
    TOO_MANY_CONNECTIONS,
    /** 3032. */
    OFFLINE_MODE,
    /** 3159: the server takes encrypted connections only. */
    SECURE_TRANSPORT_REQUIRED,
    /** TLS was demanded and the server does not offer it. */
    TLS_NOT_OFFERED,
    /** The server speaks only TLS versions older than 1.2. */
    TLS_TOO_OLD,
    /** The server's certificate is not signed by the given authority, or not for that host. */
    CERTIFICATE_NOT_TRUSTED,
    /** The account's authentication plugin is unknown to the driver, or cannot be used on this connection. */
    AUTHENTICATION_PLUGIN,
    /** A certificate or key file given with the source cannot be used. */
    TLS_FILE,
    /** Anything else; the message has the words of the driver or the server. */
    OTHER
}
