#!/bin/sh
# Java reads no variables for proxies and roots but its own: these lines are those of docs/sandbox.md.
set -eu
keytool -importcert -noprompt -alias clipflight -file "$WORK/proxy/ca.pem" -keystore "$WORK/java-roots.p12" -storepass changeit 2>/dev/null
export JAVA_TOOL_OPTIONS="-Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=${HTTPS_PROXY##*:} -Djavax.net.ssl.trustStore=$WORK/java-roots.p12 -Djavax.net.ssl.trustStorePassword=changeit"
java "$CLIENTS/ListApps.java"
