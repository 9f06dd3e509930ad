# One image for web, worker, beat and migrations; docker-compose.yml says which command each runs.

FROM python:3.12-slim-bookworm AS pakker
WORKDIR /app
RUN pip install --no-cache-dir "uv>=0.13,<1"
COPY pyproject.toml uv.lock ./
RUN uv sync --frozen --no-default-groups --no-progress --python /usr/local/bin/python

FROM node:24-bookworm-slim AS frontend
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci

FROM python:3.12-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --no-create-home rammeaftale
WORKDIR /app
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DEBUG=0 WEB_ADRESSE=0.0.0.0
COPY --from=pakker /app/.venv .venv
COPY --from=frontend /app/node_modules node_modules
COPY . .
# The settings demand their variables; collecting files contacts nothing, so these values are never used.
RUN SECRET_KEY=bygning ALLOWED_HOSTS=localhost DATABASE_URL=postgresql://ingen/ingen REDIS_URL=redis://ingen \
    EMAIL_URL=dummymail:// RAPPORTLAGER=/app/rapporter python manage.py collectstatic --noinput \
    && mkdir .data rapporter && chmod 700 rapporter && chown rammeaftale .data rapporter
USER rammeaftale
EXPOSE 8000
CMD ["python", "-m", "gunicorn", "--config", "python:drift.gunicorn_conf", "config.wsgi:application"]
