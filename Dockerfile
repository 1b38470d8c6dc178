# Factbot in a container: docker build -t factbot .   The README says how to run it.

FROM python:3.13-slim AS build
RUN python -m venv /venv
COPY requirements.lock /
RUN /venv/bin/python -m pip install --no-cache-dir --disable-pip-version-check --no-compile \
      --require-hashes -r /requirements.lock
# Factbot is pure Python and runs from where it lies: nothing unpinned is needed to build it.
COPY facts.db /app/facts.db
COPY adapters /app/adapters
COPY bot /app/bot
RUN /venv/bin/python -m compileall -q /venv/lib /app

FROM python:3.13-slim
RUN useradd --uid 10001 --create-home factbot && install -d -o factbot -g factbot /data
COPY --from=build /venv /venv
COPY --from=build /app /app
USER factbot
ENV PATH=/venv/bin:$PATH PYTHONPATH=/app FACTS_DB=/data/facts.db
WORKDIR /data
VOLUME /data
# Python as process 1 does not hear SIGTERM; Ctrl-C and this signal end it cleanly and at once.
STOPSIGNAL SIGINT
ENTRYPOINT ["python", "-m", "bot"]
