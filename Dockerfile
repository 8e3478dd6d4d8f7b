# The dependencies without their install scripts: better-sqlite3 ships its binaries, nothing is compiled.
FROM node:24-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
COPY scripts/slim.mjs ./scripts/
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund && npm cache clean --force && node scripts/slim.mjs node_modules

FROM node:24-bookworm-slim
ENV NODE_ENV=production \
    DATABASE_URL=file:/data/tolov.db \
    BACKUP_DIR=/backups
WORKDIR /app
# The program belongs to root and runs as node: it can write to /data and /backups and nowhere else.
RUN mkdir /data /backups && chown node:node /data /backups && chmod 700 /data /backups
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json ./
COPY drizzle ./drizzle
COPY migrations ./migrations
COPY src ./src
# Loaded where there is no setting for real money, and nowhere else.
COPY sandbox ./sandbox
USER node
VOLUME /data /backups
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 8080}/health`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Node itself gets the signals: SIGTERM ends the process in order.
CMD ["node", "--max-semi-space-size=16", "src/start.mjs"]
