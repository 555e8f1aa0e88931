#!/bin/bash
# healthcheck.sh --connect [--innodb_initialized] [--galera_online]: 0 si el servidor acepta conexiones y cumple lo pedido.
# Entra sin contraseña a propósito: que la rechace también demuestra que contesta.
answer=$(mariadb --protocol=socket --user=healthcheck --batch --skip-column-names --execute='SELECT 1' 2>&1)
case $answer in
  1 | *'Access denied'*) ;;
  *) echo "healthcheck connect failed: $answer"; exit 1 ;;
esac
for check in "$@"; do
  case $check in
    --connect | --innodb_initialized) ;;
    --galera_online)
      [ -n "${MARIADB_ROOT_PASSWORD-}" ] || { echo 'healthcheck galera_online needs MARIADB_ROOT_PASSWORD'; exit 1; }
      state=$(MYSQL_PWD=$MARIADB_ROOT_PASSWORD mariadb --protocol=socket --user=root --batch --skip-column-names --execute="SHOW STATUS LIKE 'wsrep_local_state'")
      [ "${state##*$'\t'}" = 4 ] || { echo "healthcheck galera_online failed: $state"; exit 1; }
      ;;
    *) echo "healthcheck unknown option $check"; exit 1 ;;
  esac
done
