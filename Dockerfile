# syntax=docker/dockerfile:1
# The office edition: gateway and worker are one image, `docker run IMAGE gateway` and `… worker`. See docs/office.md.

FROM node:24-bookworm-slim AS build
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install -y --no-install-recommends build-essential cmake \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /office
COPY package.json package-lock.json ./
COPY native/no-downloads native/no-downloads
# No package that the office uses has an install script that it needs.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY native native
# For every processor: the image does not know where it will run. The variant is chosen when it starts.
RUN node native/build.ts --all-variants \
 && mv native/build/release native/build/development
COPY packaging/office-packages.ts packaging/
COPY tsconfig.json ./
COPY renderer renderer
COPY src src
# The page for browsers is what is built of it; the packages that it is made of stay here.
RUN npm run office:page \
 && rm -rf src/office/page \
 && node packaging/office-packages.ts \
 && rm -rf node_modules/onnxruntime-node/bin/napi-v6/darwin node_modules/onnxruntime-node/bin/napi-v6/win32 \
      native/build/cmake-* native/build/*.log

FROM node:24-bookworm-slim
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install -y --no-install-recommends ffmpeg libgomp1 \
 && rm -rf /var/lib/apt/lists/* /opt/yarn-* /usr/local/bin/yarn* \
      /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack \
 && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin office \
 # Volumes that are mounted there belong to this user then.
 && install -d -o 10001 -g 10001 /data /secrets /secrets/gateway /secrets/worker /secrets/scaler /secrets/store
WORKDIR /office
COPY package.json ./
COPY resources/models/ggml-base-q8_0.bin resources/models/ggml-silero-v6.2.0.bin resources/models/segmentation-3.0.onnx \
     resources/models/campplus-zh-en.onnx resources/models/
COPY resources/licences resources/licences
COPY --from=build /office/native native
COPY --from=build /office/node_modules node_modules
COPY --from=build /office/src src
COPY --from=build /office/out.office out.office
# The root file system may be read-only: what is written there is sealed, in memory, or in the volume of the database.
ENV NODE_ENV=production \
    HOME=/tmp \
    OFFICE_MODEL=/office/resources/models/ggml-base-q8_0.bin
USER 10001:10001
VOLUME ["/data"]
# The gateway's port, and those on which programs tell how they are: 8081 a worker, 8082 the gateway.
EXPOSE 8080 8081 8082
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "src/office/program/health.ts"]
ENTRYPOINT ["node", "src/office/program/main.ts"]
CMD ["--help"]
