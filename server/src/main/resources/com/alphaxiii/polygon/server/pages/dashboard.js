// Shows what the API tells: nothing here is known otherwise.
const $ = id => document.getElementById(id);
const TRADES_SHOWN = 18;
const DAYS_SHOWN = {'1min': 1, '5min': 5, '1hour': 30, '1day': 365};
let bars = [];
let shown = null;
let socket = null;

function token() {
  return sessionStorage.getItem('token');
}

async function ask(path) {
  const headers = token() ? {Authorization: `Bearer ${token()}`} : {};
  const response = await fetch(path, {headers});
  $('token-form').hidden = response.status !== 401 || response.headers.get('Content-Type') === null;
  const answer = await response.json();
  if (!response.ok) {
    throw new Error(answer.detail ?? response.statusText);
  }
  return answer;
}

function tell(id, text, good) {
  $(id).textContent = text;
  $(id).className = good === undefined ? '' : good ? 'good' : 'bad';
}

async function look() {
  try {
    const health = await ask('/health');
    tell('status', health.status, health.status === 'ok');
    tell('stream', health.stream.state, !['down', 'reconnecting'].includes(health.stream.state));
    tell('market', health.market);
    tell('clients', `${health.websocket.clients} of ${health.websocket.max_clients}`);
    const budget = await ask('/api/v1/rate-limit');
    tell('budget', `${budget.used_last_minute} of ${budget.limit_per_minute}`);
    $('meter').value = budget.used_last_minute / budget.limit_per_minute;
  } catch (error) {
    tell('status', error.message, false);
  }
}

function day(offset) {
  return new Date(Date.now() - offset * 86_400_000).toLocaleDateString('en-CA', {timeZone: 'America/New_York'});
}

async function show() {
  const symbol = $('symbol').value.trim();
  const timeframe = $('timeframe').value;
  const intraday = timeframe !== '1day';
  const query = new URLSearchParams({
    timeframe, start_date: day(DAYS_SHOWN[timeframe]), end_date: day(0), limit: '400', order: 'desc', validate: 'false',
    session: intraday && $('regular').checked ? 'regular' : 'all',
  });
  follow(symbol);
  $('note').textContent = 'asking …';
  try {
    const answer = await ask(`/api/v1/bars/${encodeURIComponent(symbol)}?${query}`);
    bars = answer.data.reverse();
    shown = symbol;
    $('note').textContent = bars.length === 0
      ? answer.explanation
      : `${bars.length} bars from ${answer.source}, adjusted for splits`
        + (answer.completeness.unsettled_from ? '; the newest may still change' : '');
  } catch (error) {
    bars = [];
    $('note').textContent = error.message;
  }
  draw();
}

function draw() {
  const canvas = $('chart');
  const ratio = window.devicePixelRatio || 1;
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  const pen = canvas.getContext('2d');
  pen.scale(ratio, ratio);
  pen.clearRect(0, 0, width, height);
  if (bars.length === 0) {
    return;
  }
  const style = getComputedStyle(document.documentElement);
  const ink = getComputedStyle($('note')).color;
  const line = getComputedStyle(canvas).borderTopColor;
  const left = 8;
  const right = width - 70;
  const floor = height - 26;
  const volumes = floor - 70;
  const low = Math.min(...bars.map(bar => bar.low));
  const high = Math.max(...bars.map(bar => bar.high));
  const most = Math.max(...bars.map(bar => bar.volume), 1);
  const y = price => 14 + (high - price) / (high - low || 1) * (volumes - 24);
  const step = (right - left) / bars.length;
  pen.font = '12px system-ui, sans-serif';
  pen.fillStyle = ink;
  pen.strokeStyle = line;
  for (let i = 0; i <= 4; i++) {
    const price = low + (high - low) * i / 4;
    pen.beginPath();
    pen.moveTo(left, y(price));
    pen.lineTo(right, y(price));
    pen.stroke();
    pen.fillText(price.toFixed(2), right + 8, y(price) + 4);
  }
  bars.forEach((bar, i) => {
    const x = left + (i + 0.5) * step;
    const colour = style.getPropertyValue(bar.close >= bar.open ? '--up' : '--down');
    pen.strokeStyle = colour;
    pen.fillStyle = colour;
    pen.beginPath();
    pen.moveTo(x, y(bar.high));
    pen.lineTo(x, y(bar.low));
    pen.stroke();
    const top = y(Math.max(bar.open, bar.close));
    const body = Math.max(1, y(Math.min(bar.open, bar.close)) - top);
    pen.fillRect(x - step * 0.35, top, Math.max(1, step * 0.7), body);
    const tall = bar.volume / most * 60;
    pen.globalAlpha = 0.35;
    pen.fillRect(x - step * 0.35, floor - tall, Math.max(1, step * 0.7), tall);
    pen.globalAlpha = 1;
  });
  pen.fillStyle = ink;
  const labels = Math.min(6, bars.length);
  for (let i = 0; i < labels; i++) {
    const at = Math.floor((i + 0.5) * bars.length / labels);
    const text = $('timeframe').value === '1day'
      ? bars[at].timestamp.slice(0, 10) : bars[at].timestamp.slice(5, 16).replace('T', ' ');
    pen.fillText(text, left + (at + 0.5) * step - 34, height - 8);
  }
}

function follow(symbol) {
  if (socket?.symbol === symbol && socket.readyState <= WebSocket.OPEN) {
    return;
  }
  if (socket) {
    socket.onclose = null;
    socket.close();
  }
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  const query = token() ? `?token=${encodeURIComponent(token())}` : '';
  socket = new WebSocket(`${scheme}://${location.host}/ws/dashboard${query}`);
  socket.symbol = symbol;
  socket.onopen = () => {
    $('live').textContent = 'waiting for a trade';
    socket.send(JSON.stringify({action: 'subscribe', symbols: [symbol], channels: ['T'], policy: 'drop_oldest'}));
  };
  socket.onmessage = message => hear(JSON.parse(message.data));
  socket.onclose = () => {
    $('live').textContent = 'the connection was lost; trying again';
    setTimeout(() => follow($('symbol').value.trim()), 2_000);
  };
}

function hear(message) {
  switch (message.type) {
    case 'market_data': trade(message.data); break;
    case 'status': $('live').textContent = `stream ${message.upstream}: ${message.detail}`; break;
    case 'gap': $('live').textContent = `missed from ${message.from} to ${message.to}`; break;
    case 'dropped': $('live').textContent = `${message.count} messages were too fast for this page`; break;
    case 'error': $('live').textContent = message.message; break;
  }
}

function trade(event) {
  if (event.symbol === shown) {
    $('last').textContent = event.price;
  }
  const row = $('trades').insertRow(0);
  const time = new Date(event.timestamp).toLocaleTimeString('en-GB', {timeZone: 'America/New_York'});
  for (const value of [time, event.symbol, event.price, event.size]) {
    row.insertCell().textContent = value;
  }
  while ($('trades').rows.length > TRADES_SHOWN) {
    $('trades').deleteRow(-1);
  }
}

$('question').addEventListener('submit', event => {
  event.preventDefault();
  show();
});
$('token-form').addEventListener('submit', event => {
  event.preventDefault();
  sessionStorage.setItem('token', $('token').value);
  look();
  show();
});
window.addEventListener('resize', draw);
look();
show();
setInterval(look, 5_000);
